/** What a person does who has no asset yet. */
export const NO_ASSETS =
  'No asset yet. Make a token with "patchsteward enrollment-token create" and run the line that it prints on a host.';

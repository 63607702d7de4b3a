const VENDOR = 'application/vnd.patchsteward';

/** What a signature speaks of stands under the signature: an approval can never be read as a root. // DSSE 1.0.2 */
export const PAYLOAD_TYPES = {
  root: `${VENDOR}.root.v1+json`,
  plan: `${VENDOR}.plan.v1+json`,
  halt: `${VENDOR}.halt.v1+json`,
  waiver: `${VENDOR}.waiver.v1+json`,
  statement: `${VENDOR}.statement.v1+json`,
  /** What a new passkey signs once, to show that its person has it. */
  passkey: `${VENDOR}.passkey.v1+json`,
  backupProof: `${VENDOR}.backup-proof.v1+json`,
} as const;
export type PayloadType = (typeof PAYLOAD_TYPES)[keyof typeof PAYLOAD_TYPES];

/** `debian` of `debian:12`, `npm` of `npm`. */
export function familyOf(scope: string): string {
  return scope.split(':')[0] ?? scope;
}

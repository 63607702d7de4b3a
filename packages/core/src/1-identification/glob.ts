/**
 * Whether a name fits a pattern in which `*` stands for any characters, also none, and `?` for exactly one. Names of hosts
 * know no upper and lower case. // RFC 4343
 *
 * Only the last `*` is ever taken up again, so that the work is at most length times length: a pattern is a person's text,
 * and it is compared with every name of the fleet.
 */
export function globMatches(pattern: string, name: string): boolean {
  const wanted = Array.from(pattern.toLowerCase());
  const given = Array.from(name.toLowerCase());
  let at = 0;
  let position = 0;
  let star = -1;
  let starPosition = 0;
  while (position < given.length) {
    const sign = wanted[at];
    if (sign === '*') {
      star = at;
      starPosition = position;
      at += 1;
    } else if (sign !== undefined && (sign === '?' || sign === given[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      // The star takes one character more, and what follows it is tried again.
      starPosition += 1;
      position = starPosition;
      at = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((sign) => sign === '*');
}

/** Where two lists of `CVE-… package` differ, and why, as far as it is known. */
export interface Compared {
  readonly pairs: number;
  /** What debsecan lists and we do not: the tracker calls it no security issue, and says so to both. */
  readonly unimportant: number;
  /** What one lists and the other does not, for no known reason. */
  readonly unexplained: readonly string[];
}

/** `isUnimportant`: whether the tracker calls a pair no security issue. */
export function compared(
  theirs: ReadonlySet<string>,
  ours: ReadonlySet<string>,
  isUnimportant: (pair: string) => boolean,
): Compared {
  const onlyTheirs = [...theirs].filter((pair) => !ours.has(pair));
  const onlyOurs = [...ours].filter((pair) => !theirs.has(pair));
  return {
    pairs: theirs.size,
    unimportant: onlyTheirs.filter(isUnimportant).length,
    unexplained: [
      ...onlyTheirs.filter((pair) => !isUnimportant(pair)).map((pair) => `only debsecan: ${pair}`),
      ...onlyOurs.map((pair) => `only here: ${pair}`),
    ],
  };
}

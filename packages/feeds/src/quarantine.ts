/** A record that could not be used while the rest of its file could. Kept and counted, so that nothing is lost in silence. */
export interface Quarantined {
  /** The record's own id, or where it stands in the file. */
  readonly record: string;
  readonly problem: string;
}

/** A problem or a name of a record comes from outside: this much of it is enough to find it. */
const EXCERPT_CHARACTERS_MAX = 200;

export function quarantined(record: string, problem: string): Quarantined {
  return { record: excerpt(record), problem: excerpt(problem) };
}

function excerpt(text: string): string {
  return text.length <= EXCERPT_CHARACTERS_MAX ? text : `${text.slice(0, EXCERPT_CHARACTERS_MAX)}…`;
}

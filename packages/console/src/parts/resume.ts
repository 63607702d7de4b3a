export interface LeftRow {
  /** Undefined for a row that was not loaded: it is known by its place alone. */
  readonly key: string | undefined;
  readonly index: number;
}

/** The row of each list through which the reader left it. */
const left = new Map<string, LeftRow>();

export function leaveThrough(list: string, row: LeftRow): void {
  left.set(list, row);
}

/** Where to go on in a list that the reader comes back to; told once. */
export function resumeAt(list: string): LeftRow | undefined {
  const row = left.get(list);
  left.delete(list);
  return row;
}

/** The row of each list through which the reader left it. */
const left = new Map<string, string>();

export function leaveThrough(list: string, key: string): void {
  left.set(list, key);
}

/** Where to go on in a list that the reader comes back to; told once. */
export function resumeAt(list: string): string | undefined {
  const key = left.get(list);
  left.delete(list);
  return key;
}

const ANYTHING = '*';

/** The words of a message; null where it is none of ours. */
export function changedIn(message: string): ReadonlySet<string> | null {
  try {
    const parsed: unknown = JSON.parse(message);
    if (typeof parsed !== 'object' || parsed === null || !('changed' in parsed) || !Array.isArray(parsed.changed)) {
      return null;
    }
    return new Set(parsed.changed.filter((word) => typeof word === 'string'));
  } catch {
    // A newer server may say what this console does not understand yet; it asks by itself now and then.
    return null;
  }
}

/** Whether what hangs on this key may show something else now. `campaign:<id>` is the key `['campaign', id, ...]`. */
export function isTouched(queryKey: readonly unknown[], changed: ReadonlySet<string>): boolean {
  if (changed.has(ANYTHING)) return true;
  const [first, second] = queryKey;
  if (typeof first !== 'string') return false;
  return changed.has(first) || (typeof second === 'string' && changed.has(`${first}:${second}`));
}

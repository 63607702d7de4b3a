/** The code of an error of the operating system or of Node; null for any other value. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const MEANINGS: Readonly<Record<string, { readonly what: string; readonly advice: string }>> = {
  ENOENT: { what: 'there is no such file', advice: 'check the path' },
  ENOTDIR: { what: 'a part of the path is not a folder', advice: 'check the path' },
  EISDIR: { what: 'it is a folder', advice: 'name a file' },
  EACCES: { what: 'permission denied', advice: 'run as a user who may read it' },
  EPERM: { what: 'permission denied', advice: 'run as a user who may read it' },
  EEXIST: { what: 'it is there already', advice: 'name another file, or remove that one' },
  EMFILE: { what: 'too many files are open', advice: 'raise the limit (ulimit -n)' },
  ENOSPC: { what: 'no space is left on the device', advice: 'free some space and run it again' },
  EDQUOT: { what: 'the disk quota is used up', advice: 'free some space and run it again' },
  EIO: { what: 'the device reports an error', advice: 'check the disk' },
};

/** What a system error means to a person; the message of Node where we have no better words. */
export function meaningOf(error: unknown): { readonly what: string; readonly advice: string } {
  const meaning = MEANINGS[systemCode(error) ?? ''];
  if (meaning !== undefined) return meaning;
  const message = error instanceof Error ? error.message : String(error);
  return { what: message, advice: 'clear the cause and run it again' };
}

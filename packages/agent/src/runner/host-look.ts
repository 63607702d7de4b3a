import { lstat } from 'node:fs/promises';
import { type Host, hostPath } from '../host/host.ts';
import { CommandError, runCommand } from '../platform/command.ts';
import { errorCode } from '../platform/files.ts';

/** A line of a journal, at the most that is asked for; long ones are cut by what reads them. */
const LINE_BYTES_MAX = 64 * 1024;
const JOURNAL_TIMEOUT_MS = 60_000;
const MS_PER_SECOND = 1000;

/** Which of these are no plain files on the host. A link counts as what it is: what it leads to may be anywhere. */
export async function absentFiles(host: Host, files: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const path of files) {
    if (!(await isPlainFile(hostPath(host, path)))) missing.push(`file-missing:${path}`);
  }
  return missing;
}

async function isPlainFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** Lines of priority `err` or worse since then; one more than the limit says that it was passed. // journalctl(1) */
export async function countErrorLines(sinceMs: number, most: number): Promise<number | null> {
  const since = `@${Math.floor(sinceMs / MS_PER_SECOND)}`;
  const argv = ['--quiet', '--no-pager', '--priority=err', `--since=${since}`, `--lines=${most + 1}`];
  const limits = { timeoutMs: JOURNAL_TIMEOUT_MS, outputBytesMax: (most + 1) * LINE_BYTES_MAX };
  try {
    // Only when each was written: what it says is of no use here, and may be a secret.
    const text = await runCommand('journalctl', [...argv, '--output=json', '--output-fields=PRIORITY'], limits);
    return text.split('\n').filter((line) => line !== '').length;
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

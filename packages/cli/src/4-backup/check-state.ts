import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../platform/failure.ts';
import { meaningOf, systemCode } from '../platform/system-error.ts';
import { answerOf, type ResticPlace } from './restic-run.ts';

/** What restic says when it found the repository whole. // restic check, since 0.1 */
const WHOLE = 'no errors were found';

export interface CheckPlan {
  readonly place: ResticPlace;
  /** Names the repository by whatever path it is reached. */
  readonly repository: string;
  readonly folder: string;
  readonly everyMs: number;
  /** Somebody works on the repository, so that a check would have to wait. */
  readonly busy: boolean;
  readonly now: number;
}

/**
 * When the repository was last found whole; null where nobody ever looked. Looks again where that is too long ago and
 * nobody is in the way. A check that finds damage ends the probe: there is nothing to prove.
 */
export async function integrityOf({
  place,
  repository,
  folder,
  everyMs,
  busy,
  now,
}: CheckPlan): Promise<number | null> {
  const file = join(folder, `restic-check-${repository}.json`);
  const last = await readLast(file);
  if (busy || (last !== null && now - last < everyMs)) return last;
  const said = await answerOf(place, ['check']);
  if (!said.includes(WHOLE)) {
    throw new Failure('restic check did not say that the repository is whole', 'run "restic check" and mend it first');
  }
  await writeLast(folder, file, now);
  return now;
}

async function readLast(file: string): Promise<number | null> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const at = typeof content === 'object' && content !== null && 'checkedAt' in content ? content.checkedAt : null;
    return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? Date.parse(at) : null;
  } catch (error) {
    // A file that is not there or was torn in a crash says nothing; the check is then run.
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function writeLast(folder: string, file: string, now: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, JSON.stringify({ checkedAt: new Date(now).toISOString() }));
    await rename(`${file}.new`, file);
  } catch (error) {
    const { what, advice } = meaningOf(error);
    throw new Failure(
      `cannot keep the time of the check in ${folder}: ${what}`,
      `${advice}, or name another folder with --state`,
      {
        cause: error,
      },
    );
  }
}

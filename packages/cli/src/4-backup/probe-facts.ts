import { hostname } from 'node:os';
import { systemCode } from '../platform/system-error.ts';
import { newestOf, type ProbeFacts } from './judge-probe.ts';
import { type Lock, readIds, readLock, readRepositoryId, readSize, readSnapshots } from './restic-answers.ts';
import { answerOf, type ResticPlace } from './restic-run.ts';

/** More locks than any number of running commands; beyond, somebody's script leaves them behind. */
const LOCKS_MAX = 100;

/** What the repository says of this host, and who works on it. Reads alone; takes no lock itself. */
export async function gatherFacts(place: ResticPlace, host: string, now: number): Promise<ProbeFacts> {
  const locks = await readLocks(place);
  const listed = await answerOf(place, ['snapshots', '--no-lock', '--json', '--host', host]);
  const snapshot = newestOf(readSnapshots(listed));
  const size =
    snapshot === null
      ? null
      : readSize(await answerOf(place, ['stats', '--no-lock', '--json', '--mode', 'restore-size', snapshot.id]));
  return { host, snapshot, size, locks, now };
}

export async function repositoryId(place: ResticPlace): Promise<string> {
  return readRepositoryId(await answerOf(place, ['cat', '--no-lock', 'config']));
}

async function readLocks(place: ResticPlace): Promise<ProbeFacts['locks']> {
  const ids = readIds(await answerOf(place, ['list', '--no-lock', 'locks'])).slice(0, LOCKS_MAX);
  const locks: (Lock & { readonly dead: boolean })[] = [];
  for (const id of ids) {
    const lock = readLock(await answerOf(place, ['cat', '--no-lock', 'lock', id]));
    locks.push({ ...lock, dead: lock.hostname === hostname() && !isRunning(lock.pid) });
  }
  return locks;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one as well.
    return systemCode(error) === 'EPERM';
  }
}

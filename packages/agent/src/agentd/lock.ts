import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SYSTEM_PATH } from '../platform/command.ts';
import { Problem } from '../platform/problem.ts';

/** Another agent works with this state directory. */
export class StateLockedError extends Problem {
  constructor(path: string) {
    super('state-locked', `another agent is running with ${path}`, 'stop it first, or give this one another directory');
  }
}

export interface Lock {
  release(): Promise<void>;
}

/** Of util-linux, which every Debian and RPM system has. */
const LOCK_TOOL = 'flock';
/** flock(1) says so when somebody else has the lock. */
const EXIT_LOCKED = 1;

/**
 * Takes the lock of a state directory. The kernel holds it for as long as this process keeps the file open, so a crash
 * or a power cut leaves nothing to clean up. Node has no flock(2) of its own; flock(1) of util-linux, which every
 * Debian and RPM system has, takes it on the file that it inherits from us, and it stays with us when that tool ends.
 */
export async function lockState(stateDirectory: string): Promise<Lock> {
  const file = await open(join(stateDirectory, 'lock'), constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const tool = spawn(LOCK_TOOL, ['--nonblock', '3'], {
      stdio: ['ignore', 'ignore', 'ignore', file.fd],
      env: { PATH: SYSTEM_PATH },
    });
    const [exitCode]: unknown[] = await once(tool, 'exit');
    if (exitCode === EXIT_LOCKED) throw new StateLockedError(stateDirectory);
    if (exitCode !== 0) throw new Error(`flock ended with ${String(exitCode)}.`);
  } catch (error) {
    await file.close();
    throw error;
  }
  return { release: () => file.close() };
}

import { createHash } from 'node:crypto';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { secondsOf } from '../e2e/transcript.ts';
import { LabError } from '../lab-error.ts';
import { missingTools } from '../machine/requirements.ts';
import { codeOf } from '../machine/system-error.ts';
import { Place } from '../place.ts';
import { labStatus } from '../status.ts';
import { CLONE, GUIDE } from './clone.ts';
import { type Followed, Follower, GuideFailed } from './follow.ts';
import { readGuide } from './guide.ts';
import { Scene } from './scene.ts';

const RESULTS = join(CLONE, 'test-results/first-hour');
/** What the update of the guide is about; on the reader's own machine it would make that one part of the campaign. */
const REDIS = '/usr/bin/redis-server';

export interface FirstHourOptions {
  readonly folder: string;
  /** Leaves the lab up, for looking. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface FirstHour extends Followed {
  readonly held: boolean;
  readonly tookMs: number;
  /** Null: whoever follows the guide arrives. */
  readonly failure: string | null;
  readonly output: string;
}

/** Follows the guide in a lab of its own, and takes it down. A guide that leads nowhere is in the answer, and not thrown. */
export async function firstHour({ folder, keep, signal, say }: FirstHourOptions): Promise<FirstHour> {
  await assertPossible(folder);
  const started = Date.now();
  const output = join(RESULTS, new Date(started).toISOString().replaceAll(':', '-').slice(0, 19));
  await mkdir(output, { recursive: true });
  const scene = await Scene.open({ folder, output, say, signal });
  const follower = new Follower(scene, say);
  const answer = (failure: string | null): FirstHour => ({
    ...{ held: failure === null, tookMs: Date.now() - started, failure, output },
    ...follower.followed,
  });
  try {
    await Promise.race([follower.follow(readGuide(await readFile(GUIDE, 'utf8'))), abortOf(signal)]);
    return answer(null);
  } catch (error) {
    if (error instanceof GuideFailed || error instanceof LabError) return answer(error.message);
    throw error;
  } finally {
    await scene.close({ keep });
  }
}

export function firstHourText({ blocks, sights, tookMs, failure, output }: FirstHour): string {
  const ending =
    failure === null
      ? `Whoever follows the guide arrives: ${blocks} blocks, ${sights} sights, in ${secondsOf(tookMs)}.`
      : `It broke off after ${blocks} blocks and ${secondsOf(tookMs)}:\n${failure}`;
  return `\n${ending}\nWhat was typed and answered, and logs: ${output}\n`;
}

export async function assertPossible(folder: string): Promise<void> {
  const refused = (what: string, advice: string): LabError => new LabError(what, advice, { exitCode: 2 });
  const missing = await missingTools(['restic', 'ssh', 'ssh-keygen']);
  if (missing.length > 0) {
    throw refused(`the guide needs ${missing.join(' and ')}`, 'run: apt-get install restic openssh-client');
  }
  if (!(await isInstalled()))
    throw refused('the libraries of this clone are not those of its lock file', 'run npm test');
  if (await exists(REDIS)) throw refused(`this machine has ${REDIS} itself`, 'follow the guide on one without');
  const { state } = await labStatus(await Place.of(folder));
  if (state !== 'down') {
    throw refused(`a lab is in ${folder} already`, 'take it down, or name another folder with --dir');
  }
}

/** `npm start` would install them, and the network of the lab leads nowhere. */
async function isInstalled(): Promise<boolean> {
  const stamp = join(CLONE, 'node_modules/.patchsteward-installed');
  if (!(await exists(stamp))) return false;
  const lock = createHash('sha256')
    .update(await readFile(join(CLONE, 'package-lock.json')))
    .digest('hex');
  return (await readFile(stamp, 'utf8')).includes(lock);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

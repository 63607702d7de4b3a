import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../lab-error.ts';
import { missingTools } from '../machine/requirements.ts';
import { Place } from '../place.ts';
import { labStatus } from '../status.ts';
import { found } from './found.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Summary, summaryText } from './summary.ts';
import { Transcript } from './transcript.ts';
import { World } from './world.ts';

const RESULTS = join(import.meta.dirname, '../../test-results/e2e');

export interface EndToEndOptions {
  readonly folder: string;
  /** Leaves the lab up, for looking. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Sets a world up, tells every story in it, and takes it down. Never throws because of a check: it is in the summary. */
export async function endToEnd(options: EndToEndOptions): Promise<{ summary: Summary; transcript: Transcript }> {
  await assertFree(options.folder);
  const output = join(RESULTS, new Date().toISOString().replaceAll(':', '-').slice(0, 19));
  await mkdir(output, { recursive: true });
  const told: string[] = [];
  const transcript = new Transcript((line) => {
    told.push(line);
    options.say(line);
  });
  const started = Date.now();
  const failure = await tellAll(options, output, transcript);
  const checks = transcript.checks.filter(({ held }) => held).length;
  const summary = { held: failure === null, tookMs: Date.now() - started, checks, failure, output };
  const text = summaryText(transcript, summary);
  options.say(text);
  await writeFile(join(output, 'transcript.txt'), `${told.join('\n')}\n${text}`);
  await writeFile(join(output, 'transcript.json'), JSON.stringify({ ...summary, steps: transcript.steps }, null, 2));
  return { summary, transcript };
}

/** Hosts that were used before are no longer outdated. */
async function assertFree(folder: string): Promise<void> {
  const missing = await missingTools(['restic', 'ssh-agent', 'ssh-keygen']);
  if (missing.length > 0) {
    const advice = 'run: apt-get install restic openssh-client';
    throw new LabError(`the stories need ${missing.join(' and ')}`, advice, { exitCode: 2 });
  }
  const { state } = await labStatus(await Place.of(folder));
  if (state === 'down') return;
  throw new LabError(`a lab is in ${folder} already`, 'take it down, or name another folder with --dir', {
    exitCode: 2,
  });
}

async function tellAll(
  { folder, keep, signal, say }: EndToEndOptions,
  output: string,
  transcript: Transcript,
): Promise<Summary['failure']> {
  const world = await World.open({ folder, output, transcript, say, signal });
  try {
    await Promise.race([tell(world), abortOf(signal)]);
    return null;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { what, explanation: signal.aborted ? null : await world.explanation() };
  } finally {
    await world.close({ keep });
  }
}

async function tell(world: World): Promise<void> {
  await found(world);
  for (const scenario of SCENARIOS) await scenario.tell(world);
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

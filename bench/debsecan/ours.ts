import { execFile } from 'node:child_process';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { percentile } from '../api/percentile.ts';
import { diceOf } from '../dice.ts';
import { cpuMsOfEnded } from '../process-cpu.ts';
import { JUDGE_FLEET } from './judge-fleet.ts';
import type { StatusRecord } from './status-file.ts';

const run = promisify(execFile);

/** Rounds of which the median counts. */
const ROUNDS = 3;

/** Each set as hosts report it: a line of JSON. */
export function writeFleet(folder: string, hosts: readonly (readonly StatusRecord[])[]): void {
  const lines = hosts.map((records) => `${JSON.stringify(records.map(({ installed }) => installed))}\n`);
  writeFileSync(join(folder, 'sets'), lines.join(''));
}

interface Measured {
  readonly tracker: string;
  readonly hosts: number;
  /** Of hosts that are alike there is one set. */
  readonly sets: number;
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** In a process of its own, which ends: start and end count as well. */
export async function measureOurs(folder: string, { tracker, hosts, sets, said, signal }: Measured) {
  const dice = diceOf(2);
  const setOfHost = Uint32Array.from({ length: hosts }, (_, at) => (at < sets ? at : Math.floor(dice() * sets)));
  writeFileSync(join(folder, 'hosts'), setOfHost);
  const cpuMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    said(`judging ${hosts} hosts of ${sets} sets anew`);
    const before = await cpuMsOfEnded();
    const files = ['sets', 'hosts', 'answers'].map((name) => join(folder, name));
    await run(process.execPath, [JUDGE_FLEET, tracker, ...files], { signal });
    cpuMs.push((await cpuMsOfEnded()) - before);
  }
  const medianMs = percentile(cpuMs, 0.5);
  return { hosts, distinctSets: sets, rounds: ROUNDS, cpuMs: medianMs, cpuMsPerHost: medianMs / hosts };
}

/** The lines of the first sets. */
export async function readAnswers(path: string, sets: number): Promise<ReadonlySet<string>[]> {
  const answers: Set<string>[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.startsWith('set ')) {
      if (answers.length === sets) break;
      answers.push(new Set());
    } else if (line !== '') answers.at(-1)?.add(line);
  }
  return answers;
}

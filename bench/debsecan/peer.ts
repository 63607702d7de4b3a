import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseDpkgStatus } from '../../packages/agent/src/package-managers/index.ts';
import { BenchError } from '../bench-error.ts';
import { cpuMsOfEnded } from '../process-cpu.ts';
import { type StatusRecord, statusText } from './status-file.ts';

const run = promisify(execFile);

/** The release of every host, and the file of the tracker for it. */
export const SUITE = 'bookworm';
/** Processor time is told in hundredths of a second: so many runs of each host count together. */
export const PEER_RUNS = 5;
/** What debsecan prints at most. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

export async function debsecanVersion(): Promise<string> {
  const missing = ['debsecan is not installed', 'install it: apt-get install debsecan'] as const;
  const { stdout } = await run('dpkg-query', ['--show', 'debsecan']).catch((error: unknown) => {
    throw new BenchError(...missing, { cause: error });
  });
  const version = stdout.trim().split('\t')[1];
  if (version === undefined) throw new BenchError(...missing);
  return version;
}

interface Peer {
  /** Of each host, for one run. */
  readonly cpuMs: readonly number[];
  readonly findings: readonly ReadonlySet<string>[];
}

/** In `folder` is what the tracker would serve. */
export async function measurePeer(
  folder: string,
  hosts: readonly (readonly StatusRecord[])[],
  signal: AbortSignal,
): Promise<Peer> {
  const cpuMs: number[] = [];
  const findings: ReadonlySet<string>[] = [];
  for (const records of hosts) {
    const status = join(folder, 'status');
    writeFileSync(status, statusText(records));
    refuseOtherThan(records, readFileSync(status, 'utf8'));
    const before = await cpuMsOfEnded();
    let printed = '';
    for (let round = 0; round < PEER_RUNS; round += 1) {
      // None of the machine's own: what is not there is empty.
      const own = ['--history', '--whitelist', '--config'].flatMap((option) => [option, join(folder, 'none')]);
      const what = ['--suite', SUITE, '--source', `file://${folder}/`, '--format', 'simple'];
      ({ stdout: printed } = await run('debsecan', [...what, '--status', status, ...own], {
        signal,
        maxBuffer: OUTPUT_BYTES_MAX,
      }));
    }
    cpuMs.push(((await cpuMsOfEnded()) - before) / PEER_RUNS);
    findings.push(new Set(printed.trimEnd().split('\n')));
  }
  return { cpuMs, findings };
}

/** Both must judge the same host: what the status file says is what the fleet is told. */
function refuseOtherThan(records: readonly StatusRecord[], status: string): void {
  const told = records.map(({ installed }) => installed);
  const read = parseDpkgStatus(status);
  const texts = [told, read].map((list) => list.map((one) => JSON.stringify(one)).sort());
  if (texts[0]?.join() === texts[1]?.join()) return;
  throw new BenchError('a drawn status file says other than the fleet is told', 'mend bench/debsecan/status-file.ts');
}

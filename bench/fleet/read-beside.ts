import { fork } from 'node:child_process';
import { BenchError } from '../bench-error.ts';
import { type RealFleet, readRealFleet } from './real-fleet.ts';

const ASKED = 'PATCHSTEWARD_BENCH_VERSIONS';

/** Reads in a process of its own: what the texts of feeds take while they are read is no memory of the index. */
export function readBeside(count: number, signal: AbortSignal): Promise<RealFleet> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [ASKED]: String(count) };
    const reader = fork(import.meta.filename, { env, signal, serialization: 'advanced' });
    // What comes is what this very file sends below.
    reader.once('message', (fleet) => resolve(fleet as RealFleet));
    reader.once('error', reject);
    reader.once('exit', (code) => {
      if (code !== 0) reject(new BenchError('the advisories could not be read', 'set PATCHSTEWARD_TEST_DATA'));
    });
  });
}

const asked = process.env[ASKED];
if (asked !== undefined) {
  process.send?.(readRealFleet(Number(asked)), () => process.disconnect());
}

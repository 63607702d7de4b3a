import { spawnSync } from 'node:child_process';
import { FeedUnreadable } from '../feed-unreadable.ts';

/** Forms that Node does not unpack, and every Debian and Ubuntu has a program for. */
const PROGRAMS = {
  // Lists of updates ask for some ten MiB; a header may ask for four GiB.
  xz: ['--decompress', '--stdout', '--format=xz', '--memlimit-decompress=256MiB'],
  bzip2: ['--decompress', '--stdout'],
} as const;
export type PackingProgram = keyof typeof PROGRAMS;

/** The largest list of updates takes some seconds. */
const UNPACKING_MS_MAX = 120_000;

/** What a program makes of the bytes. Throws FeedUnreadable where it is not there, or they are damaged; null: too large. */
export function unpackedByProgram(program: PackingProgram, bytes: Uint8Array, bytesMax: number): Uint8Array | null {
  const { error, status, stdout } = run(program, bytes, bytesMax);
  if (error !== undefined && 'code' in error) {
    if (error.code === 'ENOBUFS') return null;
    if (error.code === 'ENOENT') {
      throw new FeedUnreadable('packed', `the file is packed by ${program}, which this machine does not have`, {
        cause: error,
      });
    }
  }
  if (status !== 0) throw new FeedUnreadable('damaged', `the ${program} data is damaged`, { cause: error });
  return stdout;
}

/** As far as it goes: what is cut off, or no such data at all, gives less, or nothing. */
export function headByProgram(program: PackingProgram, head: Uint8Array, bytesMax: number): Uint8Array {
  const { stdout } = run(program, head, bytesMax);
  // A program that is not there says nothing.
  return (stdout as Buffer | null)?.subarray(0, bytesMax) ?? new Uint8Array();
}

function run(program: PackingProgram, input: Uint8Array, bytesMax: number) {
  return spawnSync(program, PROGRAMS[program], {
    input,
    // One more, so that what is just as large as it may be is not taken for larger.
    maxBuffer: bytesMax + 1,
    timeout: UNPACKING_MS_MAX,
    stdio: ['pipe', 'pipe', 'ignore'],
    // Both programs take options from variables of their own (XZ_OPT, BZIP2).
    env: { PATH: process.env['PATH'] },
  });
}

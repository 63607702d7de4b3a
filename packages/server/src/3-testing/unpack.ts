import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { IndexFault } from '@patchsteward/standards/apt-repository';
import { messageOf } from '../platform/system-error.ts';

/** Forms in which archives serve an index, the smallest first. */
export const FORMS = ['.xz', '.gz', ''] as const;
export type Form = (typeof FORMS)[number];

/** Where the plain size is not signed: ten times the largest index of Debian. */
export const PLAIN_BYTES_MAX = 512 * 1024 ** 2;
/** Debian packs with 64 MiB of dictionary at most; a file that wants more is made to hurt. */
const XZ_MEMORY = '256MiB';
/** Of xz-utils, which every Debian and Ubuntu has. */
const XZ = 'xz';
const XZ_ARGUMENTS = ['--decompress', '--stdout', '--format=xz', `--memlimit-decompress=${XZ_MEMORY}`];

let xzThere: Promise<boolean> | undefined;

/** Whether this machine has the program `xz`; Node itself reads gzip only, which every archive serves beside it. */
export function hasXz(): Promise<boolean> {
  xzThere ??= new Promise((resolve) => {
    const child = spawn(XZ, ['--version'], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  return xzThere;
}

/** The bytes of an index, unpacked. Throws IndexFault where they are not what their form says, or too many. */
export async function* unpacked(packed: Readable, form: Form, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of plain(packed, form)) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new IndexFault(`the index unpacks to more than ${bytesMax} bytes`);
    yield chunk;
  }
}

function plain(packed: Readable, form: Form): AsyncIterable<Buffer> {
  if (form === '') return packed;
  return form === '.gz' ? gunzipped(packed) : unxzed(packed);
}

async function* gunzipped(packed: Readable): AsyncGenerator<Buffer> {
  // The reader of the last stream gets the error of any.
  const stream = pipeline(packed, createGunzip(), () => undefined);
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    // Bytes that the store itself refused are its word, not that of the reader behind it.
    if (packed.errored !== null) throw packed.errored;
    throw new IndexFault(`the index is no valid gzip: ${messageOf(error)}`);
  }
}

async function* unxzed(packed: Readable): AsyncGenerator<Buffer> {
  const child = spawn(XZ, XZ_ARGUMENTS, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  // The program closes its input when it has had enough; what the bytes were worth is its exit code.
  pipeline(packed, child.stdin, () => undefined);
  try {
    for await (const chunk of child.stdout) yield chunk;
    const [code] = await ended;
    if (packed.errored !== null) throw packed.errored;
    if (code !== 0) throw new IndexFault('the index is no valid xz');
  } finally {
    if (child.exitCode === null) child.kill();
  }
}

import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { meaningOf, systemCode } from './system-error.ts';

/** The body of an answer that is a file; it comes while the server reads. */
export function bodyOf(response: Response): Readable {
  if (response.body === null) throw new Failure('the server sent no file', 'try again');
  // The platform's stream is Node's own; their declarations differ in names alone.
  return Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
}

/** Writes an answer to a file that must not be there yet; what it holds in bytes. Half of it is never left behind. */
export async function saveResponse(response: Response, path: string, what: string, context: Context): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      context.progress.show(`writing ${what}`, bytes);
      done(null, chunk);
    },
  });
  const body = bodyOf(response);
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let made = false;
  file.once('open', () => {
    made = true;
  });
  try {
    await pipeline(body, counted, file);
  } catch (error) {
    // Half a file would look like a forged one.
    if (made) await rm(path, { force: true });
    throw unwritable(path, error);
  }
  return bytes;
}

function unwritable(path: string, error: unknown): unknown {
  if (systemCode(error) === null) return error;
  const { what, advice } = meaningOf(error);
  return new Failure(`cannot write ${path}: ${what}`, advice, { cause: error });
}

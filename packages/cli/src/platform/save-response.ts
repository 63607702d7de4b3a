import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
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

/** Writes an answer to a file that must not be there yet; what it holds in bytes. */
export function saveResponse(response: Response, path: string, what: string, context: Context): Promise<number> {
  return saveStream(bodyOf(response), path, { what, overwrite: false }, context);
}

interface Saving {
  /** For people who wait. */
  readonly what: string;
  /** Whether a file of that name may be there: it is replaced as a whole, once all is written. */
  readonly overwrite: boolean;
}

/** Writes what comes to a file; how many bytes it was. Half of it is never left behind. */
export async function saveStream(
  content: AsyncIterable<Uint8Array>,
  path: string,
  { what, overwrite }: Saving,
  context: Context,
): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      context.progress.show(`writing ${what}`, bytes);
      done(null, chunk);
    },
  });
  const begun = overwrite ? `${path}.${randomUUID()}.part` : path;
  const file = createWriteStream(begun, { flags: 'wx', mode: 0o600 });
  let made = false;
  file.once('open', () => {
    made = true;
  });
  try {
    await pipeline(content, counted, file);
    if (overwrite) await rename(begun, path);
  } catch (error) {
    // Half a file would look like a forged one.
    if (made) await rm(begun, { force: true });
    throw unwritable(path, error);
  }
  return bytes;
}

function unwritable(path: string, error: unknown): unknown {
  if (systemCode(error) === null) return error;
  const { what, advice } = meaningOf(error);
  return new Failure(`cannot write ${path}: ${what}`, advice, { cause: error });
}

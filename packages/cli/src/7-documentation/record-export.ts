import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { meaningOf, systemCode } from '../platform/system-error.ts';
import { numberText } from '../platform/words.ts';
import type { RecordExportOptions } from './record.ts';

export async function exportRecord({ options }: Invocation<RecordExportOptions>, context: Context): Promise<ExitCode> {
  const path = options.output;
  const bytes = await withServer(options, context, async (client) => {
    const response = await client('record.export', {});
    return save(response, path, context);
  });
  if (options.json === true) await context.output.json({ file: path, bytes });
  else await context.output.write(`${path}: ${numberText(bytes)} bytes; check it with "patchsteward record verify"\n`);
  return EXIT.done;
}

async function save(response: Response, path: string, context: Context): Promise<number> {
  if (response.body === null) throw new Failure('the server sent no record', 'try again');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      context.progress.show('writing the record', bytes);
      done(null, chunk);
    },
  });
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let made = false;
  file.once('open', () => {
    made = true;
  });
  try {
    // The platform's stream is Node's own; their declarations differ in names alone.
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), counted, file);
  } catch (error) {
    // Half an export would look like a forged one.
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

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ZipWriter } from '@patchsteward/feeds';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { bodyOf, saveStream } from '../platform/save-response.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { numberText } from '../platform/words.ts';
import type { FeedsExportOptions } from './feeds.ts';

/** What is known as OSV: into a file, or as lines to whoever reads them. // OSV 1.7 */
export async function exportFeeds({ options }: Invocation<FeedsExportOptions>, context: Context): Promise<ExitCode> {
  const { feed, vulnerability, at, file } = options;
  if (file === undefined && options.force === true) {
    throw new Failure('--force is for a file', 'say which with --file', { exitCode: EXIT.usage });
  }
  return withServer(options, context, async (client) => {
    const response = await client('feed.export', { query: { feed, vulnerability: vulnerability?.join(','), at } });
    const body = bodyOf(response);
    if (file === undefined) {
      // Records are JSON by themselves, so that --json changes nothing here.
      for await (const text of body.setEncoding('utf8')) await context.output.write(String(text));
      return EXIT.done;
    }
    const isZip = /\.zip$/i.test(file);
    const content = isZip ? zipped(body) : body;
    const bytes = await saveStream(content, file, { what: 'advisories', overwrite: options.force === true }, context);
    if (options.json === true) await context.output.json({ file, bytes });
    else {
      const form = isZip ? 'a zip with a file for each record' : 'a record in each line';
      await context.output.write(`${plainText(file)}: ${numberText(bytes)} bytes of OSV, ${form}\n`);
    }
    return EXIT.done;
  });
}

/** As the exports of osv.dev: a file for each record, by its id. */
async function* zipped(body: Readable): AsyncGenerator<Uint8Array> {
  const zip = new ZipWriter();
  const names = new Set<string>();
  for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield zip.entry(nameOf(line, names), new TextEncoder().encode(line));
  }
  yield* zip.end();
}

/** Ids hold slashes, which would be folders; two that are then alike are told apart. */
function nameOf(line: string, names: Set<string>): string {
  const id = idOf(line).replaceAll(/[/\\\p{Cc}]/gu, '_');
  const name = names.has(id) ? `${id}_${names.size}` : id;
  names.add(name);
  return `${name}.json`;
}

function idOf(line: string): string {
  const record: unknown = JSON.parse(line);
  const id = typeof record === 'object' && record !== null && 'id' in record ? record.id : undefined;
  if (typeof id === 'string') return id;
  throw new Failure('the server sent a record without an id', 'try again');
}

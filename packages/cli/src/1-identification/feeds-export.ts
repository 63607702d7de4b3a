import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { bodyOf, saveResponse } from '../platform/save-response.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { numberText } from '../platform/words.ts';
import type { FeedsExportOptions } from './feeds.ts';

/** What is known as OSV: into a file, or as lines to whoever reads them. // OSV 1.7 */
export async function exportFeeds({ options }: Invocation<FeedsExportOptions>, context: Context): Promise<ExitCode> {
  const { feed, vulnerability, at, file } = options;
  return withServer(options, context, async (client) => {
    const response = await client('feed.export', { query: { feed, vulnerability: vulnerability?.join(','), at } });
    if (file === undefined) {
      // Records are JSON by themselves, so that --json changes nothing here.
      for await (const text of bodyOf(response).setEncoding('utf8')) await context.output.write(String(text));
      return EXIT.done;
    }
    const bytes = await saveResponse(response, file, 'advisories', context);
    if (options.json === true) await context.output.json({ file, bytes });
    else await context.output.write(`${plainText(file)}: ${numberText(bytes)} bytes of OSV, a record in each line\n`);
    return EXIT.done;
  });
}

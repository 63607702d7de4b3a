import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { saveResponse } from '../platform/save-response.ts';
import { withServer } from '../platform/server-client.ts';
import { numberText } from '../platform/words.ts';
import type { RecordExportOptions } from './record.ts';

export async function exportRecord({ options }: Invocation<RecordExportOptions>, context: Context): Promise<ExitCode> {
  const path = options.output;
  const bytes = await withServer(options, context, async (client) =>
    saveResponse(await client('record.export', {}), path, 'the record', context),
  );
  if (options.json === true) await context.output.json({ file: path, bytes });
  else await context.output.write(`${path}: ${numberText(bytes)} bytes; check it with "patchsteward record verify"\n`);
  return EXIT.done;
}

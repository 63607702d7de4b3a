import type { ExceptionRequest } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { assetNamed } from '../1-identification/asset-named.ts';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ExceptionRequestOptions } from './exception.ts';
import { exceptionText, previewText } from './exception-text.ts';

/** Shown, confirmed, asked for. */
export async function requestException(
  { options, operands }: Invocation<ExceptionRequestOptions>,
  context: Context,
): Promise<ExitCode> {
  const { json, preview, yes } = options;
  return withServer(options, context, async (client) => {
    const body = await requestOf(client, operands, options);
    const would = await client('exception.preview', { body });
    if (json !== true) await context.output.write(previewText(would));
    if (preview === true) {
      if (json === true) await context.output.json(would);
      return would.refusal === null ? EXIT.done : EXIT.failed;
    }
    if (would.refusal !== null) throw new Failure(would.refusal, 'change what is asked for; --preview shows it');
    await confirm('Ask for this under your name?', yes === true, context);
    const one = await client('exception.request', { body });
    if (json === true) await context.output.json(one);
    else await context.output.write(exceptionText(one, Date.now()));
    return EXIT.done;
  });
}

async function requestOf(
  client: Client,
  vulnerabilities: readonly string[],
  options: ExceptionRequestOptions,
): Promise<ExceptionRequest> {
  const { kind, owner, why, control, evidence, until, lane, due, source, asset, group } = options;
  const assets: string[] = [];
  for (const named of asset ?? []) assets.push((await assetNamed(client, named)).id);
  const target = { vulnerabilities: [...vulnerabilities], sources: [...(source ?? [])], assets, group: group ?? null };
  if (vulnerabilities.length + target.sources.length + assets.length === 0 && group === undefined) {
    throw new Failure('nothing is named', 'name vulnerabilities, or --source, --asset or --group', {
      exitCode: EXIT.usage,
    });
  }
  return {
    ...{ target, kind, owner, why, control: control ?? null, evidence: evidence ?? null, lane: lane ?? null },
    until: new Date(until).toISOString(),
    due: due === undefined ? null : new Date(due).toISOString(),
  };
}

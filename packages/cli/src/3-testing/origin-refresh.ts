import type { OriginBody, OriginRefreshed } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { nameOf, oneNamed } from './origin-named.ts';

export async function refreshOrigins(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const refreshed = await withServer(options, context, async (client) => {
    const { items } = await client('origin.list', {});
    const wanted = operands.length === 0 ? items : operands.map((name) => oneNamed(items, name));
    const done: OriginRefreshed[] = [];
    for (const origin of wanted) {
      context.progress.show(`${nameOf(origin)}: the server fetches and verifies its index`);
      done.push(await client('origin.refresh', { params: { id: origin.id } }));
    }
    return done;
  });
  if (options.json === true) await context.output.json({ items: refreshed });
  else await present(refreshed, context);
  return refreshed.every(({ origin }) => origin.problem === null) ? EXIT.done : EXIT.failed;
}

async function present(refreshed: readonly OriginRefreshed[], context: Context): Promise<void> {
  if (refreshed.length === 0) await context.output.write('No origins yet. Add one with "patchsteward origin add".\n');
  for (const one of refreshed) {
    if (one.origin.problem === null) await context.output.write(`${verifiedText(one)}\n`);
    else context.note(problemText(one.origin, one.origin.problem));
  }
}

function verifiedText({ origin, changed, durationMs }: OriginRefreshed): string {
  const date = origin.index === null ? '' : ` of ${momentText(origin.index.date)}`;
  const seconds = (durationMs / 1_000).toFixed(1);
  return plainText(`${nameOf(origin)}: ${changed ? 'a new index' : 'the index'}${date} is verified; ${seconds} s`);
}

export function problemText(origin: OriginBody, problem: NonNullable<OriginBody['problem']>): string {
  return `${nameOf(origin)}: ${problem.reason.sentence} ${problem.detail}`;
}

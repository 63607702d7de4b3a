import type { Stragglers } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { momentText } from '../platform/time-text.ts';
import { campaignNamed } from './campaign-named.ts';

type Straggler = Stragglers['items'][number];

const EMPTY = 'No host lags behind.\n';

export async function listStragglers(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    return client('campaign.stragglers', { params: { id } });
  });
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length === 0) await context.output.write(EMPTY);
  else await context.output.table(COLUMNS, answer.items);
  return answer.items.length === 0 ? EXIT.done : EXIT.findings;
}

const COLUMNS: readonly Column<Straggler>[] = [
  { header: 'ASSET', text: ({ asset }) => asset },
  { header: 'WHY', text: ({ reasons }) => reasons.map(({ sentence }) => sentence).join(' '), shrinks: true },
  { header: 'TAKEN UP', text: takenUpText },
];

function takenUpText({ next }: Straggler): string {
  return next === null ? 'in another campaign' : `from ${momentText(next.from)} on, by this plan`;
}

import type { NoticeList, Stakeholder } from '@patchsteward/contract';
import { campaignNamed } from '../campaign/campaign-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import type { StakeholderOptions } from './stakeholder.ts';

export async function changeStakeholder(
  { options, operands }: Invocation<StakeholderOptions>,
  context: Context,
  verb: 'add' | 'remove',
): Promise<ExitCode> {
  const address = operands[0] ?? '';
  const { group, webhook, name } = options;
  const channel = webhook === true ? 'webhook' : 'mail';
  const answer = await withServer(options, context, (client) =>
    verb === 'remove'
      ? client('stakeholder.remove', { body: { group, channel, address } })
      : client('stakeholder.add', { body: { group, channel, address, ...(name === undefined ? {} : { name }) } }),
  );
  if (options.json === true) await context.output.json(answer);
  else {
    const hears = verb === 'add' ? 'hears' : 'hears no more';
    await context.output.write(
      `${plainText(address)} ${hears} of changes to ${group === '*' ? 'every group' : plainText(group)}.\n`,
    );
  }
  return EXIT.done;
}

export async function listStakeholders({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('stakeholder.list', {}));
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length > 0) await context.output.table(STAKEHOLDERS, answer.items);
  else
    await context.output.write(
      'Nobody but the owners hears of changes. Add somebody with "patchsteward stakeholder add".\n',
    );
  return EXIT.done;
}

const STAKEHOLDERS: readonly Column<Stakeholder>[] = [
  { header: 'GROUP', text: ({ group }) => group },
  { header: 'BY', text: ({ channel }) => channel },
  { header: 'ADDRESS', text: ({ address }) => address, shrinks: true },
  { header: 'NAME', text: ({ name }) => name ?? '', shrinks: true },
];

export async function listNotices(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    return client('notice.list', { params: { id } });
  });
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length > 0) await context.output.table(NOTICES, answer.items);
  else await context.output.write('Nobody was told yet: notices go out once a plan stands.\n');
  return answer.items.some(({ reason }) => reason !== null) ? EXIT.findings : EXIT.done;
}

const NOTICES: readonly Column<NoticeList['items'][number]>[] = [
  { header: 'STATE', text: ({ state }) => state },
  { header: 'BY', text: ({ channel }) => channel },
  { header: 'ADDRESS', text: ({ address }) => address, shrinks: true },
  { header: 'SENT', text: ({ sentAt }) => (sentAt === null ? '-' : momentText(sentAt)) },
  { header: 'TRIES', text: ({ attempts }) => String(attempts), align: 'right' },
  { header: 'ANSWER', text: ({ answer }) => answer ?? '', shrinks: true },
];

import type { CallAnswer } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import type { ApiTokenCreateOptions } from './api-token.ts';

export async function createToken({ options }: Invocation<ApiTokenCreateOptions>, context: Context): Promise<ExitCode> {
  const { note, days } = options;
  const created = await withServer(options, context, (client) =>
    client('api-token.create', {
      body: { ...(note === undefined ? {} : { note }), ...(days === undefined ? {} : { days }) },
    }),
  );
  if (options.json === true) await context.output.json(created);
  else {
    const until = momentText(created.expiresAt);
    await context.output.write(`Set PATCHSTEWARD_TOKEN to this (until ${until}; shown once):\n\n  ${created.secret}\n`);
  }
  return EXIT.done;
}

type Token = CallAnswer<'api-token.list'>['items'][number];

export async function listTokens({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('api-token.list', {}));
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length > 0) await context.output.table(COLUMNS, answer.items);
  else await context.output.write('No tokens. Make one with "patchsteward api-token create".\n');
  return EXIT.done;
}

const COLUMNS: readonly Column<Token>[] = [
  { header: 'ID', text: ({ id }) => id },
  { header: 'MADE', text: ({ createdAt }) => momentText(createdAt) },
  { header: 'GOOD UNTIL', text: ({ expiresAt }) => momentText(expiresAt) },
  { header: 'LAST USED', text: ({ lastUsedAt }) => (lastUsedAt === null ? '-' : momentText(lastUsedAt)) },
  { header: 'NOTE', text: ({ note }) => note ?? '', shrinks: true },
];

export async function revokeToken(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const id = operands[0] ?? '';
  const answer = await withServer(options, context, (client) => client('api-token.revoke', { params: { id } }));
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(`The token ${plainText(id)} opens nothing any more.\n`);
  return EXIT.done;
}

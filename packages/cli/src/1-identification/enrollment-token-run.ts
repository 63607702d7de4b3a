import type { EnrollmentTokenCreated } from '@patchsteward/contract';
import type { CallAnswer } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import type { TokenCreateOptions } from './enrollment-token.ts';

export async function createToken({ options }: Invocation<TokenCreateOptions>, context: Context): Promise<ExitCode> {
  const { note, valid } = options;
  const created = await withServer(options, context, (client) =>
    client('enrollment-token.create', {
      body: { ...(note === undefined ? {} : { note }), ...(valid === undefined ? {} : { validMs: valid }) },
    }),
  );
  if (options.json === true) await context.output.json(created);
  else await context.output.write(createdText(created, Date.now()));
  return EXIT.done;
}

function createdText({ command, expiresAt }: EnrollmentTokenCreated, now: number): string {
  const packaged = command.replace(/^patchsteward agent /, 'patchsteward-agent ').replace(/ && .*$/, '');
  return [
    `Run this on the host until ${momentText(expiresAt)} (${distanceText(expiresAt, now)}); it works once and is shown once:`,
    '',
    `  ${plainText(packaged)}`,
    '',
    'So the host reports, and nothing changes it. To let it do what people have signed, add --root-sha256 with the hash that',
    '"patchsteward trust show root.json" shows where the root was made, and --environment and --criticality (docs/guides/agent.md).',
    'From a clone, without the package of the agent, which reports alone:',
    '',
    `  ${plainText(command)}`,
    '',
  ].join('\n');
}

type Token = CallAnswer<'enrollment-token.list'>['items'][number];

export async function listTokens({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('enrollment-token.list', {}));
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length > 0) await context.output.table(COLUMNS, answer.items);
  else await context.output.write('No tokens yet. Make one with "patchsteward enrollment-token create".\n');
  return EXIT.done;
}

const COLUMNS: readonly Column<Token>[] = [
  { header: 'ID', text: ({ id }) => id },
  { header: 'STATE', text: ({ state }) => state },
  { header: 'MADE', text: ({ createdAt }) => momentText(createdAt) },
  { header: 'VALID UNTIL', text: ({ expiresAt }) => momentText(expiresAt) },
  { header: 'ENROLLED ASSET', text: ({ usedBy }) => usedBy ?? '-' },
  { header: 'NOTE', text: ({ note }) => note ?? '', shrinks: true },
];

export async function revokeToken(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const id = operands[0] ?? '';
  const answer = await withServer(options, context, (client) => client('enrollment-token.revoke', { params: { id } }));
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(`The token ${plainText(id)} enrolls no host any more.\n`);
  return EXIT.done;
}

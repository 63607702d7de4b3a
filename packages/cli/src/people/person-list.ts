import type { PersonBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';

export async function listPeople({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('person.list', {}));
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length > 0) await context.output.table(COLUMNS, answer.items);
  else await context.output.write('Nobody has an account yet. Open the link that the server printed at its start.\n');
  return EXIT.done;
}

const COLUMNS: readonly Column<PersonBody>[] = [
  { header: 'LOGIN', text: ({ login }) => login },
  { header: 'NAME', text: ({ name }) => name, shrinks: true },
  { header: 'ROLES', text: ({ roles }) => (roles.length === 0 ? '-' : roles.join(', ')) },
  { header: 'MAIL', text: ({ mail }) => mail ?? '-', shrinks: true },
  { header: 'STATE', text: stateOf },
];

function stateOf({ disabledAt, passwordExpiresAt }: PersonBody): string {
  if (disabledAt !== null) return 'disabled';
  return passwordExpiresAt === null ? 'active' : 'has a one-time password';
}

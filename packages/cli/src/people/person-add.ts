import type { PersonCreated } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import type { PersonAddOptions } from './person.ts';
import { invitationLines } from './person-invite.ts';

const API_TOKEN_DAYS_DEFAULT = 90;

export async function addPerson(
  { options, operands }: Invocation<PersonAddOptions>,
  context: Context,
): Promise<ExitCode> {
  const { name, role = [], mail, apiToken, invite } = options;
  const created = await withServer(options, context, (client) =>
    client('person.create', {
      body: {
        login: operands[0] ?? '',
        name,
        roles: [...role],
        ...(mail === undefined ? {} : { mail }),
        ...(invite === undefined ? {} : { entry: 'invitation' as const }),
        ...(apiToken === undefined ? {} : { apiTokenDays: apiToken === true ? API_TOKEN_DAYS_DEFAULT : apiToken }),
      },
    }),
  );
  if (options.json === true) await context.output.json(created);
  else await context.output.write(createdText(created));
  return EXIT.done;
}

function createdText({ person, password, invitation, apiToken }: PersonCreated): string {
  const roles = person.roles.length === 0 ? 'without a role' : person.roles.join(', ');
  const lines = [
    `${plainText(person.login)} (${plainText(person.name)}) has an account now: ${roles}. Shown this once:`,
    '',
    ...(password === null ? [] : passwordLines(password, person.passwordExpiresAt)),
    ...(invitation === null ? [] : invitationLines(invitation)),
  ];
  if (apiToken !== null) {
    lines.push(
      `  API token          ${apiToken.secret}  (until ${momentText(apiToken.expiresAt)}; PATCHSTEWARD_TOKEN)`,
    );
  }
  return [...lines, ''].join('\n');
}

/** For the person, by a way that nobody else reads. */
export function passwordLines(password: string, expiresAt: string | null): string[] {
  const until = expiresAt === null ? '' : `  (until ${momentText(expiresAt)})`;
  return [`  one-time password  ${password}${until}`];
}

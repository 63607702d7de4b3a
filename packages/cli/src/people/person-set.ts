import type { PersonChange, PersonChanged } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import type { PersonSetOptions } from './person.ts';
import { passwordLines } from './person-add.ts';

export async function setPerson(
  { options, operands }: Invocation<PersonSetOptions>,
  context: Context,
): Promise<ExitCode> {
  const wished = wishedBy(options);
  if (Object.keys(wished).length === 0) {
    throw new Failure('nothing to change is named', 'see what can be set with "patchsteward person set --help"', {
      exitCode: EXIT.usage,
    });
  }
  return change(options, operands[0] ?? '', wished, context);
}

export async function setDisabled(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
  disabled: boolean,
): Promise<ExitCode> {
  return change(options, operands[0] ?? '', { disabled }, context);
}

/** An option that is absent leaves its field as it is. */
function wishedBy({ name, role, mail, resetPassword }: PersonSetOptions): PersonChange {
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { roles: role === false ? [] : [...role] }),
    ...(mail === undefined ? {} : { mail: mail === false ? null : mail }),
    ...(resetPassword === undefined ? {} : { resetPassword }),
  };
}

async function change(
  options: Invocation<ServerOptions>['options'],
  login: string,
  body: PersonChange,
  context: Context,
): Promise<ExitCode> {
  const changed = await withServer(options, context, (client) => client('person.change', { params: { login }, body }));
  if (options.json === true) await context.output.json(changed);
  else await context.output.write(changedText(changed));
  return EXIT.done;
}

function changedText({ person, password }: PersonChanged): string {
  const roles = person.roles.length === 0 ? 'no role' : person.roles.join(', ');
  const state = person.disabledAt === null ? 'may sign in' : 'is disabled';
  const mail = person.mail === null ? 'no mail' : plainText(person.mail);
  const lines = [`${plainText(person.login)} (${plainText(person.name)}) ${state}: ${roles}; ${mail}.`];
  if (password !== null) lines.push('', 'Shown this once:', ...passwordLines(password, person.passwordExpiresAt));
  return lines.map((line) => `${line}\n`).join('');
}

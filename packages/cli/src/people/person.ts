import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { ROLE_NAMES, type RoleName } from './roles.ts';

export interface PersonAddOptions extends ServerOptions {
  readonly name: string;
  readonly role?: readonly RoleName[];
  readonly mail?: string;
  /** A link in place of a one-time password. */
  readonly invite?: true;
  /** Days; true: as long as the server gives by default. */
  readonly apiToken?: number | true;
}

export interface PersonSetOptions extends ServerOptions {
  readonly name?: string;
  /** false: --no-role. */
  readonly role?: readonly RoleName[] | false;
  readonly mail?: string | false;
  readonly resetPassword?: true;
}

const RULES = `
An account lets a person in; what the person's signature is worth is said by the trust root alone (patchsteward trust show).
Give both the same login. The one-time password is shown this once and opens the console for three days, in which its person
chooses another one. Roles: it, owner, change, security, admin, auditor.`;

const ACCEPT_RULES = `
The same as opening the link in a browser, and an API token of 90 days beside it, which the command line asks with
(PATCHSTEWARD_TOKEN). The password is asked for at the terminal, or is the first line of standard input. Put the link into
single quotes: a shell takes what stands behind # for something else.`;

/** `patchsteward person …`: who may come in. // SOP R1-R4 */
export function registerPerson(program: Command, context: Context): void {
  const person = program.command('person').description('people with an account on the server');
  registerAdd(person, context);
  withServerOptions(person.command('list').description('list people by login')).action(
    perform<ServerOptions>(context, async (call) => (await import('./person-list.ts')).listPeople(call, context)),
  );
  registerSet(person, context);
  withServerOptions(
    person
      .command('invite')
      .description('make a new link for a person; the password, tokens and sessions of before end')
      .argument('<login>', 'whom'),
  )
    .addHelpText('after', examples([['Olga lost her password', 'patchsteward person invite olga']]))
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./person-invite.ts')).invitePerson(call, context)),
    );
  registerAccept(person, context);
  for (const [verb, description] of [
    ['disable', 'let a person in no more; sessions and tokens of theirs end'],
    ['enable', 'let a disabled person in again'],
  ] as const) {
    withServerOptions(person.command(verb).description(description).argument('<login>', 'who')).action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./person-set.ts')).setDisabled(call, context, verb === 'disable'),
      ),
    );
  }
  withServerOptions(
    person
      .command('password')
      .description("change one's own password: the current and the new one, a line each, on standard input"),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./own-password.ts')).changePassword(call, context)),
  );
}

function registerAccept(person: Command, context: Context): void {
  withServerOptions(
    person
      .command('accept')
      .description('come in by the link of an invitation: choose a password, and get an API token')
      .argument('<link>', 'as it was given to you; it works once'),
  )
    .addHelpText('after', ACCEPT_RULES)
    .addHelpText(
      'after',
      examples([
        ['With the whole link', "patchsteward person accept 'https://patch.example.org/invitation#…'"],
        [
          'Where the server knows no address of its console',
          "patchsteward person accept '/invitation#…' --server https://patch.example.org",
        ],
      ]),
    )
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./person-accept.ts')).acceptInvitation(call, context),
      ),
    );
}

function registerAdd(person: Command, context: Context): void {
  withServerOptions(
    person.command('add').description('make an account').argument('<login>', 'what the person signs in as'),
  )
    .requiredOption('--name <name>', 'what the person is called')
    .addOption(roleOption('a role; give all that the person shall have'))
    .option('--mail <address>', 'where notices to the person go')
    .option('--invite', 'make a link with which the person chooses a password, in place of a one-time password')
    .option(
      '--api-token [days]',
      'make an API token for the person as well, for a program that acts as them (default: 90)',
      daysOf,
    )
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        [
          'Somebody who owns systems',
          'patchsteward person add olga --name "Olga Owner" --role owner --mail olga@example.org',
        ],
        [
          'By a link, which also goes out by mail where the server has a mail server',
          'patchsteward person add olga --name "Olga Owner" --role owner --mail olga@example.org --invite',
        ],
        ['A scripted person', 'patchsteward person add rita --name "Rita" --role it --api-token 7 --json'],
      ]),
    )
    .action(
      perform<PersonAddOptions>(context, async (call) => (await import('./person-add.ts')).addPerson(call, context)),
    );
}

function registerSet(person: Command, context: Context): void {
  withServerOptions(person.command('set').description('change an account').argument('<login>', 'whose'))
    .option('--name <name>', 'what the person is called')
    .addOption(roleOption('a role; give all that the person shall have, they replace those before'))
    .option('--no-role', 'take all roles away')
    .option('--mail <address>', 'where notices to the person go')
    .option('--no-mail', 'send no notices by mail')
    .option('--reset-password', 'end all sessions and print a new one-time password')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([['Somebody changes the team', 'patchsteward person set omar --role change --role owner']]),
    )
    .action(
      perform<PersonSetOptions>(context, async (call) => (await import('./person-set.ts')).setPerson(call, context)),
    );
}

function roleOption(description: string): Option {
  return new Option('--role <role>', description).argParser(
    (text: string, before: readonly RoleName[] | false | undefined) => {
      const role = ROLE_NAMES.find((name) => name === text);
      if (role === undefined) throw new InvalidArgumentError(`It must be one of ${ROLE_NAMES.join(', ')}.`);
      return [...(before || []), role];
    },
  );
}

/** As the contract has it. */
const DAYS_MAX = 366;

function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d{1,3}$/.test(text) && days >= 1 && days <= DAYS_MAX) return days;
  throw new InvalidArgumentError(`It must be a number of days from 1 to ${DAYS_MAX}.`);
}

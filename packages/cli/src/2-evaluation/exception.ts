import type { ExceptionQuery, ExceptionRequest } from '@patchsteward/contract';
import { LANES } from '@patchsteward/core/vocabulary';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { collected, instantOf } from '../platform/moment.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import {
  type ListOptions,
  type ServerOptions,
  withListOptions,
  withServerOptions,
} from '../platform/server-options.ts';

export interface ExceptionListOptions extends ListOptions {
  readonly state?: ExceptionQuery['state'];
  readonly asset?: string;
  readonly vulnerability?: string;
  readonly mine?: true;
}

export interface ExceptionActOptions extends ServerOptions {
  readonly yes?: true;
  readonly why?: string;
}

export interface ExceptionRenewOptions extends ServerOptions {
  readonly yes?: true;
  readonly why: string;
  readonly until: number;
  readonly evidence?: string;
}

export interface ExceptionRequestOptions extends ExceptionRenewOptions {
  readonly kind: ExceptionRequest['kind'];
  readonly owner: string;
  readonly control?: string;
  readonly lane?: NonNullable<ExceptionRequest['lane']>;
  readonly due?: number;
  readonly source?: readonly string[];
  readonly asset?: readonly string[];
  readonly group?: string;
  readonly preview?: true;
}

// Records and not lists: the compiler then misses a word that the contract has and we do not.
const KINDS: Record<ExceptionRequest['kind'], true> = {
  accept: true,
  mitigate: true,
  transfer: true,
  avoid: true,
  override: true,
};
const STATES: Record<ExceptionQuery['state'], true> = {
  open: true,
  requested: true,
  standing: true,
  expired: true,
  ended: true,
  all: true,
};

const RULES = `
accept      the risk is taken as it is        mitigate  something else stands in the way (--control)
transfer    somebody else bears it            avoid     the asset goes out of service
override    another lane or due time holds (--lane, --due)

All of what is named must fit; of each list, any one. What is found later is not in it, but for "avoid". The clock of what
is answered for stands still, and goes on where it stood: on the day, or before, when it gets worse than it was. Whoever
asks never agrees. How long it may stand and who must agree the policy says by lane. Security raises a lane alone, at once.`;

/** `patchsteward exception …`: what people answer to risks instead of patching in time. // SP 800-40r4 §2.2 */
export function registerException(program: Command, context: Context): void {
  const exception = program
    .command('exception')
    .description('accept, mitigate, transfer or avoid a risk for a time, or override its lane');
  registerList(exception, context);
  registerShow(exception, context);
  registerRequest(exception, context);
  registerActs(exception, context);
  registerRenew(exception, context);
}

function registerList(exception: Command, context: Context): void {
  withListOptions(
    exception.command('list').description('list what somebody answers for, what ends soon first'),
    'title, state, kind, owner and requester',
    'the first 100',
  )
    .addOption(new Option('--state <state>', 'default: open, asked for or standing').choices(Object.keys(STATES)))
    .option('--asset <asset>', 'that covers this asset, by id or name')
    .option('--vulnerability <id>', 'that covers this vulnerability')
    .option('--mine', 'that you asked for or agreed to')
    .addHelpText(
      'after',
      `${examples([
        ['What stands, and what ends soon', 'patchsteward exception list --state standing'],
        ['What waits for somebody who agrees', 'patchsteward exception list --state requested'],
      ])}\nExit code 3: something ends within a week.`,
    )
    .action(
      perform<ExceptionListOptions>(context, async (call) =>
        (await import('./exception-list.ts')).listExceptions(call, context),
      ),
    );
}

function registerShow(exception: Command, context: Context): void {
  withServerOptions(exception.command('show').description('show one with what it covers and what happened to it'))
    .argument('<id>', 'its id, or the first characters of it')
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./exception-act.ts')).showException(call, context),
      ),
    );
}

function registerRequest(exception: Command, context: Context): void {
  withServerOptions(exception.command('request').description('ask for one; somebody else agrees'))
    .argument('[vulnerabilities...]', 'their ids')
    .addOption(new Option('--kind <kind>', 'what is answered').choices(Object.keys(KINDS)).default('accept'))
    .option('--source <package>', 'in this source package; may be given again', collected)
    .option('--asset <asset>', 'on this asset, by id or name; may be given again', collected)
    .option('--group <group>', 'on the assets that this maintenance group has now')
    .requiredOption('--owner <name>', 'who answers for it')
    .requiredOption('--why <words>', 'why it is not patched in time')
    .requiredOption('--until <time>', 'until when: 12h, 7d, or a time with its offset', instantOf)
    .option('--control <words>', 'what stands in the way of an attack meanwhile')
    .option('--evidence <link>', 'where that can be looked up')
    .addOption(new Option('--lane <lane>', 'of an override: the lane that holds instead').choices(LANES))
    .option('--due <time>', 'of an override: the due time that holds instead', instantOf)
    .option('--preview', 'show what would be answered for and who must agree, and ask for nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        [
          'A finding',
          'patchsteward exception request CVE-2026-0001 --asset web-1 --owner "Web team" --why "no restart before the sale" --until 7d',
        ],
        [
          'Mitigated in a whole group',
          'patchsteward exception request --kind mitigate --source openssl --group web --control "TLS ends at the proxy" --owner Ops --why "vendor image" --until 14d',
        ],
        [
          'More urgent, at once',
          'patchsteward exception request CVE-2026-0001 --kind override --lane emergency --owner Security --why "seen in our logs" --until 30d',
        ],
      ]),
    )
    .action(
      perform<ExceptionRequestOptions>(context, async (call) =>
        (await import('./exception-request.ts')).requestException(call, context),
      ),
    );
}

const ACTS = [
  ['agree', 'agree to it; whoever asked never does'],
  ['refuse', 'refuse it'],
  ['revoke', 'end it before its day; before it stands, take it back'],
] as const;

function registerActs(exception: Command, context: Context): void {
  for (const [verb, description] of ACTS) {
    const command = withServerOptions(exception.command(verb).description(description))
      .argument('<id>', 'its id, or the first characters of it')
      .option('--yes', 'do not ask');
    if (verb !== 'agree') command.requiredOption('--why <words>', 'why; it stands in the record');
    command.action(
      perform<ExceptionActOptions>(context, async (call) =>
        (await import('./exception-act.ts')).actOnException(verb, call, context),
      ),
    );
  }
}

function registerRenew(exception: Command, context: Context): void {
  withServerOptions(exception.command('renew').description('ask for the same again; the second names the first'))
    .argument('<id>', 'its id, or the first characters of it')
    .requiredOption('--why <words>', 'why it is still not patched')
    .requiredOption('--until <time>', 'until when: 12h, 7d, or a time with its offset', instantOf)
    .option('--evidence <link>', 'where that can be looked up')
    .option('--yes', 'do not ask')
    .action(
      perform<ExceptionRenewOptions>(context, async (call) =>
        (await import('./exception-act.ts')).renewException(call, context),
      ),
    );
}

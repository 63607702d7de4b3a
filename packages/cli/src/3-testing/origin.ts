import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface OriginAddOptions extends ServerOptions {
  readonly url: string;
  readonly suite: string;
  readonly component?: readonly string[];
  readonly architecture?: readonly string[];
  readonly key: readonly string[];
  readonly fingerprint?: readonly string[];
  readonly mirror?: string;
  /** false: --no-refresh. */
  readonly refresh: boolean;
}

const NAMES = `
An origin is named by its id, or by its address and suite as the list shows them ("deb.debian.org/debian bookworm"); the
first or the second of these alone will do where it is the only one.`;

const ADD_RULES = `
Packages come only from origins that are added here, and only where an index signed by one of these keys lists them byte for
byte. Name address and suite as your hosts do in their sources. The keys are those that the hosts trust already, mostly in
/usr/share/keyrings or /etc/apt/trusted.gpg.d; their fingerprints are shown: compare them with what the publisher says.

The index is fetched and verified at once. Exit code 3: the origin is added, but its index could not be verified.`;

const LIST_RULES = `
Exit code 3: an origin has no usable index, or its last refresh failed.`;

/** `patchsteward origin …`: where packages may come from. // SOP checklist c8 */
export function registerOrigin(program: Command, context: Context): void {
  const origin = program.command('origin').description('where packages may come from, and the keys that sign them');
  withServerOptions(origin.command('list').description('list origins, and whether their indexes are verified'))
    .addHelpText('after', LIST_RULES)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./origin-list.ts')).listOrigins(call, context)),
    );
  withServerOptions(
    origin
      .command('show')
      .description('show one origin, its keys and its index')
      .argument('<origin>', 'its id or name'),
  )
    .addHelpText('after', NAMES)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./origin-show.ts')).showOrigin(call, context)),
    );
  registerAdd(origin, context);
  withServerOptions(
    origin
      .command('refresh')
      .description('fetch and verify the indexes of origins now')
      .argument('[origins...]', 'their ids or names (default: all)'),
  )
    .addHelpText('after', `${NAMES}\n\nExit code 1: an index could not be verified; what was in force before stays.`)
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./origin-refresh.ts')).refreshOrigins(call, context),
      ),
    );
  withServerOptions(
    origin
      .command('remove')
      .description('let no more packages come from an origin; what was verified stays as evidence')
      .argument('<origin>', 'its id or name'),
  )
    .addHelpText('after', NAMES)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./origin-remove.ts')).removeOrigin(call, context)),
    );
}

function registerAdd(origin: Command, context: Context): void {
  withServerOptions(origin.command('add').description('let packages come from an origin that these keys sign'))
    .requiredOption('--url <url>', 'its address, as in the sources of the hosts')
    .requiredOption('--suite <suite>', 'its suite (bookworm-security), or a folder that ends in a slash')
    .option('--component <name>', 'a component (main); repeat for each', several)
    .option('--architecture <name>', 'an architecture; repeat for each (default: amd64)', several)
    .requiredOption('--key <file>', 'a file with its OpenPGP keys, armored or not; repeat for each', several)
    .option('--fingerprint <hex>', 'pin only this key of the files; repeat for each (default: all of them)', several)
    .option('--mirror <url>', 'fetch from here instead; the signature decides, not the place')
    .option('--no-refresh', 'do not wait until its index is fetched and verified')
    .addHelpText('after', ADD_RULES)
    .addHelpText(
      'after',
      examples([
        [
          "Debian's security updates",
          'patchsteward origin add --url http://deb.debian.org/debian-security --suite bookworm-security --component main --key /usr/share/keyrings/debian-archive-bookworm-security-automatic.gpg',
        ],
        [
          'A vendor',
          'patchsteward origin add --url https://packages.example.com/apt --suite stable --component main --key example.asc',
        ],
      ]),
    )
    .action(
      perform<OriginAddOptions>(context, async (call) => (await import('./origin-add.ts')).addOrigin(call, context)),
    );
}

function several(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

import { type Command, InvalidArgumentError, Option } from 'commander';

/** Of every command that asks a server. */
export interface ServerOptions {
  readonly server?: string;
  readonly data?: string;
}

/** Of every command that lists. */
export interface ListOptions extends ServerOptions {
  readonly search?: string;
  readonly limit?: number;
  readonly all?: true;
}

/** Adds the options that say which server; kept apart from the client, so that a help text loads no library. */
export function withServerOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--server <url>',
        'a server elsewhere (or PATCHSTEWARD_URL); PATCHSTEWARD_TOKEN holds the API token to show it',
      ).conflicts('data'),
    )
    .option(
      '--data <folder>',
      'the data directory of a server on this machine (or PATCHSTEWARD_DATA; default: /var/lib/patchsteward for root)',
    );
}

/** Adds the options of a list; `searched` says where its words are looked for. */
export function withListOptions(command: Command, searched: string, shown: string): Command {
  return withServerOptions(command)
    .option('--search <words>', `only those with all of these words in ${searched}`)
    .addOption(limitOption(shown))
    .option('--all', 'all there are');
}

/** How many of a list; goes with `--all`. */
export function limitOption(shown: string): Option {
  return new Option('--limit <count>', `at most this many (default: ${shown}; all with --json)`)
    .argParser(countOf)
    .conflicts('all');
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 on.');
}

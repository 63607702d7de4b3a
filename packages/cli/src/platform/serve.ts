import { type Command, Option } from 'commander';
import type { Context } from './context.ts';
import { perform } from './perform.ts';
import { examples } from './program.ts';
import type { SettingFlag } from './serve-module.ts';

export type ServeCommandOptions = Readonly<Partial<Record<SettingFlag, string>>>;

const SETTINGS = `
Each setting is a flag, a variable (--log-level is PATCHSTEWARD_LOG_LEVEL) or a key of the settings file (logLevel in
patchsteward.json in the data directory, or the file that --config names); the flag wins over the variable, the variable
over the file. Without a database of its own choice the server runs a private PostgreSQL in the data directory. The log
goes to standard error: lines for a person on a terminal, JSON elsewhere. Ctrl-C or SIGTERM lets requests in flight
finish; a second signal ends at once, and nothing that was acknowledged is lost.`;

/** `patchsteward serve`: the server with everything it needs. */
export function registerServe(program: Command, context: Context): void {
  const command = program
    .command('serve')
    .description('run the server: console, API, database, and the door for agents');
  for (const [flags, description] of OPTIONS) command.addOption(new Option(flags, description));
  command
    .addHelpText('after', SETTINGS)
    .addHelpText(
      'after',
      examples([
        ['On this machine alone', 'patchsteward serve'],
        [
          'Behind a proxy that speaks TLS, on a database elsewhere',
          'PATCHSTEWARD_DATABASE_URL=postgres://… patchsteward serve --console-url https://patch.example.org',
        ],
      ]),
    )
    .action(
      perform<ServeCommandOptions>(context, async (call) => (await import('./serve-run.ts')).runServer(call, context)),
    );
}

const OPTIONS: readonly (readonly [flags: string, description: string])[] = [
  ['--data <folder>', 'database, keys and socket (default: /var/lib/patchsteward for root)'],
  ['--config <file>', 'the settings file'],
  ['--console <address:port>', 'where people come in, over plain HTTP (default: 127.0.0.1:8420)'],
  ['--console-url <url>', 'the address that people type, where a proxy stands in front'],
  ['--agents <address:port>', 'where agents come in; closed until somebody may enroll (default: :8421)'],
  ['--agents-address <host:port>', 'what hosts dial (default: the name of this machine)'],
  ['--poll-ms <milliseconds>', 'how often an agent asks (default: 60000)'],
  ['--names <list>', 'further names under which the console answers, with commas'],
  ['--trusted-proxies <list>', 'addresses of proxies whose X-Forwarded-For is believed, with commas'],
  ['--database-url <url>', 'a PostgreSQL elsewhere (better in the variable: a command line is seen by others)'],
  ['--postgres-binaries <folder>', 'where postgres and initdb are, if not in the usual places'],
  ['--feeds-fetch <on|off>', 'whether feeds are fetched from their publishers (default: on)'],
  [
    '--feeds-dir <folder>',
    'a folder whose feeds are imported whenever they change; CSAF documents lie in a folder called as their feed',
  ],
  ['--feed-urls <list>', 'mirrors of feeds, as in kev=https://mirror.example.org/kev.json, with commas'],
  ['--policy <file>', "figures that take the place of the procedure's own, as JSON"],
  ['--smtp-url <url>', 'the mail server for notices, as in smtp://mail.example.org:25 (better in the variable)'],
  ['--mail-from <sender>', 'the sender of notices (default: patchsteward@ the name of this machine)'],
  ['--webhook-secret <text>', 'what webhooks are signed with (in the variable: a command line is seen by others)'],
  ['--log-level <level>', 'trace, debug, info, warn, error, fatal or silent (default: info)'],
];

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import {
  type ListOptions,
  type ServerOptions,
  withListOptions,
  withServerOptions,
} from '../platform/server-options.ts';
import type { PassphraseOptions } from '../trust/passphrase.ts';

export interface ProbeOptions extends ServerOptions, PassphraseOptions {
  readonly repository: string;
  readonly host: string;
  readonly asset: string;
  readonly key: string;
  readonly prober: string;
  readonly passwordFile?: string;
  readonly label?: string;
  /** Milliseconds. */
  readonly checkEvery: number;
  readonly state?: string;
  readonly send?: true;
}

const RULES = `
Runs on the backup side, with restic and the password of the repository; the server gets neither. It looks for the newest
snapshot of the host, measures it, sees to it that the repository was checked for damage lately, and signs what it found with
the key of a prober of the trust root. A stale lock, an empty snapshot, or one of another host is no proof, however well the
last backup job ended. Without --send the signed proof is printed.`;

/** `patchsteward backup …`: what could come back if a change goes wrong. // SOP P4, checklist c14 */
export function registerBackup(program: Command, context: Context): void {
  const backup = program.command('backup').description('proofs that systems could be restored');
  registerProbe(backup, context);
  withListOptions(
    backup.command('list').description('list assets with their newest backup proof, and why it would not do'),
    'name, owner, role, tags and release',
    'the first 100',
  ).action(
    perform<ListOptions>(context, async (call) => (await import('./backup-list.ts')).listBackups(call, context)),
  );
  withServerOptions(
    backup.command('show').description('show the proofs and waivers of an asset').argument('<asset>', 'its id or name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./backup-list.ts')).showBackups(call, context)),
  );
}

function registerProbe(backup: Command, context: Context): void {
  withServerOptions(backup.command('probe').description('look into a restic repository and sign what is found'))
    .requiredOption('--repository <place>', 'the repository, as restic names it')
    .requiredOption('--host <name>', 'the host, as restic recorded it')
    .requiredOption('--asset <asset>', 'the asset that this host is: its id, or with --send its name')
    .requiredOption('--key <file>', 'the key of the prober, as the trust root has it')
    .requiredOption('--prober <name>', 'the name of the prober in the trust root')
    .option('--password-file <file>', 'the password of the repository (or RESTIC_PASSWORD_FILE)')
    .option('--passphrase-file <file>', 'its first line unlocks the key (or PATCHSTEWARD_PASSPHRASE)')
    .option('--label <text>', 'what the proof calls the repository (default: the repository, without passwords)')
    .addOption(
      new Option('--check-every <time>', 'check the repository for damage when the last check is older: 0m, 12h, 7d')
        .argParser(lengthOf)
        .default(DAY_MS, '1d'),
    )
    .option('--state <folder>', 'where the times of checks are kept (default: ~/.local/state/patchsteward)')
    .option('--send', 'hand the proof in')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        [
          'Every night, after the backups',
          'patchsteward backup probe --repository /srv/restic --host web-1 --asset web-1 --prober vault-1 --key prober.key --password-file pw --send --server https://patch.example.org',
        ],
      ]),
    )
    .action(perform<ProbeOptions>(context, async (call) => (await import('./probe-run.ts')).probe(call, context)));
}

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_MS = UNITS_MS.d;

function lengthOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (unit === 'm' || unit === 'h' || unit === 'd') return Number(count) * UNITS_MS[unit];
  throw new InvalidArgumentError('It must be a number of minutes, hours or days, such as 12h.');
}

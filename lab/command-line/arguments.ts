import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from '../faults/figures.ts';
import { HOSTS_DEFAULT } from '../hosts/host-plan.ts';
import { LabError } from '../lab-error.ts';
import { DEFAULT_FOLDER } from '../place.ts';

interface Settings {
  readonly folder: string;
  readonly json: boolean;
}

export type LabCommand =
  | { readonly kind: 'help' }
  | (Settings & { readonly kind: 'up'; readonly yes: boolean; readonly hosts: number })
  | (Settings & { readonly kind: 'down' | 'status' })
  | (Settings & { readonly kind: 'e2e'; readonly yes: boolean; readonly keep: boolean })
  | (Settings & { readonly kind: 'first-hour'; readonly yes: boolean; readonly keep: boolean })
  | (Settings & {
      readonly kind: 'faults';
      readonly yes: boolean;
      readonly fault: FaultKind;
      readonly count: number;
      readonly seed: number | null;
    })
  | (Settings & { readonly kind: 'exec'; readonly host: string; readonly argv: readonly string[] });

const COUNT_DEFAULT = 20;
/** Days of striking; whoever asks for more has mistyped. */
const COUNT_MAX = 100_000;
const SEED_MAX = 0xffff_ffff;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  dir: { type: 'string' },
  hosts: { type: 'string' },
  keep: { type: 'boolean' },
  kind: { type: 'string' },
  count: { type: 'string' },
  seed: { type: 'string' },
} as const;

export const HELP = `Usage: npm run lab -- <command> [options]

Real Debian hosts on this machine, to see a patch travel: each with its own systemd, package database and address,
wired to a network of their own, with signed repositories to install from.

Commands:
  up                   set the lab up; asks first, for it makes mounts and namespaces
  status               say what is there, also after a crash
  exec HOST -- CMD...  run a command as root in a host, and end as it ends
  down                 end everything and leave nothing
  e2e                  let one genuine security update walk through all seven rooms in a lab of its own; asks first
  first-hour           follow docs/guides/first-hour.md word by word in a lab of its own; asks first
  faults               make one kind of thing go wrong again and again, and count what came of it; asks first

Options:
  --hosts <count>  how many hosts (default ${HOSTS_DEFAULT}: ring-1, low-1, critical-1, critical-2)
  --dir <folder>   where the lab lives (default ${DEFAULT_FOLDER})
  --keep           leave the lab of e2e or first-hour up, for looking
  --kind <kind>    of faults: ${FAULT_KINDS.join(', ')}
  --count <count>  of faults: how often it strikes in time (default ${COUNT_DEFAULT})
  --seed <number>  of faults: the same moments as before (default: others each time)
  --yes            do not ask
  --json           print the answer as JSON
  -h, --help       print this help

Exit codes: 0 done, 1 failed or a check did not hold, 2 wrong usage or wrong machine, 3 parts of a lab are left or missing.

Examples:
  Set up four hosts
    $ npm run lab -- up
  What could be upgraded on one of them
    $ npm run lab -- exec low-1 -- apt list --upgradable
  Look around in it
    $ npm run lab -- exec low-1 -- bash
  One patch, from the finding to the proof, with scripted people
    $ npm run lab -- e2e --yes
  Whether the guide of the first hour leads where it says
    $ npm run lab -- first-hour --yes
  Whether 250 kill -9 of apt and dpkg amid their work leave every host as it was signed
    $ npm run lab -- faults --kind apt-dpkg --count 250 --yes
  Take all away
    $ npm run lab -- down
`;

export function parseArguments(argv: readonly string[]): LabCommand {
  const dashes = argv.indexOf('--');
  const own = dashes === -1 ? argv : argv.slice(0, dashes);
  const command = dashes === -1 ? [] : argv.slice(dashes + 1);
  const { values, positionals } = parsed(own);
  const [kind, ...names] = positionals;
  if (values.help === true || kind === undefined) return { kind: 'help' };
  const settings = { folder: values.dir ?? DEFAULT_FOLDER, json: values.json === true };
  if (kind === 'exec') return execOf(settings, names, command);

  if (names.length > 0 || dashes !== -1) throw usage(`${kind} takes no arguments`);
  if (kind === 'up') {
    const hosts = values.hosts === undefined ? HOSTS_DEFAULT : Number(values.hosts);
    return { ...settings, kind, yes: values.yes === true, hosts };
  }
  if (kind === 'e2e' || kind === 'first-hour') {
    return { ...settings, kind, yes: values.yes === true, keep: values.keep === true };
  }
  if (kind === 'faults') return { ...settings, kind, yes: values.yes === true, ...faultOf(values) };
  if (kind === 'down' || kind === 'status') return { ...settings, kind };
  throw usage(`there is no command "${kind}"`);
}

function faultOf(values: ReturnType<typeof parsed>['values']): {
  fault: FaultKind;
  count: number;
  seed: number | null;
} {
  const fault = FAULT_KINDS.find((one) => one === values.kind);
  if (fault === undefined) throw usage(`faults takes --kind, one of ${FAULT_KINDS.join(', ')}`);
  const count = wholeNumber('--count', values.count ?? String(COUNT_DEFAULT), 1, COUNT_MAX);
  const seed = values.seed === undefined ? null : wholeNumber('--seed', values.seed, 0, SEED_MAX);
  return { fault, count, seed };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usage(`${option} takes a whole number from ${least} to ${most}, not "${text}"`);
}

function execOf(settings: Settings, names: readonly string[], argv: readonly string[]): LabCommand {
  const [host, ...more] = names;
  if (host === undefined || more.length > 0) throw usage('exec takes one host');
  if (argv.length === 0) throw usage('exec takes a command after --');
  return { ...settings, kind: 'exec', host, argv };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node says in one line which option it does not know.
    throw usage(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function usage(what: string): LabError {
  return new LabError(what, 'see npm run lab -- --help', { exitCode: 2 });
}

import type { PackageChange } from '@patchsteward/core/plan';
import { CommandError, runCommand } from '../../platform/command.ts';
import { compareText } from '../../platform/text.ts';
import { parseSimulation, type SimulatedChange } from './simulation.ts';

const SIMULATION_LIMITS = { timeoutMs: 120_000, outputBytesMax: 64 * 1024 * 1024 };
/** As many differences as a person reads; the first says what is wrong. */
const DIFFERENCES_MAX = 5;

/** One call of a package manager: a tool of the system and its arguments, never a shell. */
export interface PackageCommand {
  readonly tool: 'apt-get' | 'dpkg';
  readonly argv: readonly string[];
}

/** What a transaction is made of: the kept files, and the packages that only a rollback removes again. */
export interface TransactionFiles {
  /** Absolute paths that end in `.deb`. */
  readonly files: readonly string[];
  /** Each `name:architecture`. */
  readonly removed: readonly string[];
}

const CONFFILES = ['--force-confdef', '--force-confold'];
/** Finishes what was unpacked and not configured. */
export const CONFIGURE: PackageCommand = { tool: 'dpkg', argv: [...CONFFILES, '--configure', '--pending'] };

/** Exactly these files over what is there. apt puts them in an order that keeps the host usable at every step. */
function aptInstall({ files, removed }: TransactionFiles): PackageCommand {
  const gone = removed.map((name) => `${name}-`);
  return { tool: 'apt-get', argv: ['install', '--yes', '--allow-downgrades', ...files, ...gone] };
}

/** The same without apt's opinion, for a database that apt refuses to work on. */
function dpkgInstall({ files, removed }: TransactionFiles): PackageCommand[] {
  const install: PackageCommand = { tool: 'dpkg', argv: [...CONFFILES, '--install', ...files] };
  return removed.length === 0 ? [install] : [install, { tool: 'dpkg', argv: ['--remove', ...removed] }];
}

/** The forward transaction, first try: nothing is broken yet. */
export function installCommands(transaction: TransactionFiles): PackageCommand[] {
  return [aptInstall(transaction)];
}

/**
 * From whatever an interruption left to the exact set. `dpkg --configure` alone is not enough: it may end with mixed
 * versions and call it a success; only the exact set from the kept files converges. The last try goes without apt.
 */
export function repairCommands(transaction: TransactionFiles, last: boolean): PackageCommand[] {
  return last ? [CONFIGURE, ...dpkgInstall(transaction), CONFIGURE] : [CONFIGURE, aptInstall(transaction), CONFIGURE];
}

/** Asks apt what it would do with exactly these files. Its refusal is an answer too. */
export async function simulate(
  transaction: TransactionFiles,
  environment: Readonly<Record<string, string>>,
): Promise<readonly SimulatedChange[] | { readonly impossible: string }> {
  const { tool, argv } = aptInstall(transaction);
  try {
    return parseSimulation(await runCommand(tool, ['--simulate', ...argv], SIMULATION_LIMITS, environment));
  } catch (error) {
    if (error instanceof CommandError && error.fault === 'failed') return { impossible: error.complaint };
    throw error;
  }
}

/** What differs between the simulated and the signed transaction, in words; null: they are the same. // decided 16 */
export function driftBetween(
  simulated: readonly SimulatedChange[],
  signed: readonly PackageChange[],
  native: string,
): string | null {
  const would = new Map(simulated.map((change) => [keyOf(change, native), change]));
  const may = new Map(signed.map((change) => [keyOf(change, native), change]));
  const differences: string[] = [];
  for (const [key, change] of would) {
    const allowed = may.get(key);
    if (allowed === undefined) differences.push(`${key} ${step(change)} is not in the work order`);
    else if (allowed.from !== change.from || allowed.to !== change.to) {
      differences.push(`${key} would go ${step(change)} and not ${step(allowed)}`);
    }
  }
  for (const [key, change] of may) {
    if (!would.has(key)) differences.push(`${key} would not go ${step(change)}`);
  }
  return differences.length === 0 ? null : differences.sort(compareText).slice(0, DIFFERENCES_MAX).join('; ');
}

function keyOf({ name, architecture }: { name: string; architecture: string | null }, native: string): string {
  // apt shows a removal without its architecture where that is the native one or `all`.
  return `${name}:${architecture === null || architecture === 'all' ? native : architecture}`;
}

function step({ from, to }: { from: string | null; to: string | null }): string {
  return `${from ?? 'absent'} -> ${to ?? 'absent'}`;
}

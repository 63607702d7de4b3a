import { join } from 'node:path';
import type { PackageChange } from '@patchsteward/core/plan';
import { CommandError, runCommand } from '../../platform/command.ts';
import type { ActingPlaces, Environment, PackageCommand, SimulatedChange, TransactionFiles } from '../acting.ts';
import { keptName } from '../kept-name.ts';
import { parseSimulation } from './simulation.ts';

const SIMULATION_LIMITS = { timeoutMs: 120_000, outputBytesMax: 64 * 1024 * 1024 };

/** Nothing of dpkg stands beside another version of itself: what is not removed replaces. */
export function filesOf(
  changes: readonly PackageChange[],
  { packagesDirectory, configurationDirectory }: ActingPlaces,
): TransactionFiles {
  return {
    configurationDirectory,
    files: changes.flatMap(({ sha256 }) => (sha256 === null ? [] : [join(packagesDirectory, keptName(sha256, 'deb'))])),
    beside: [],
    removed: changes.filter(({ to }) => to === null).map(({ name, architecture }) => aptName(name, architecture)),
  };
}

/** apt knows no architecture `all` in the names of packages. */
function aptName(name: string, architecture: string): string {
  return architecture === 'all' ? name : `${name}:${architecture}`;
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
 * versions and call it a success; only the exact set from the kept files converges. apt refuses to work on some of what a
 * killed dpkg leaves, each time the same way: where it failed once, dpkg goes without it.
 */
export function repairCommands(transaction: TransactionFiles, again: boolean): PackageCommand[] {
  return again ? [CONFIGURE, ...dpkgInstall(transaction), CONFIGURE] : [CONFIGURE, aptInstall(transaction), CONFIGURE];
}

/** Asks apt what it would do with exactly these files. Its refusal is an answer too. */
export async function simulate(
  transaction: TransactionFiles,
  environment: Environment,
): Promise<readonly SimulatedChange[] | { readonly impossible: string }> {
  const { tool, argv } = aptInstall(transaction);
  try {
    return parseSimulation(await runCommand(tool, ['--simulate', ...argv], SIMULATION_LIMITS, environment));
  } catch (error) {
    if (error instanceof CommandError && error.fault === 'failed') return { impossible: error.complaint };
    throw error;
  }
}

import { join } from 'node:path';
import type { PackageChange } from '@patchsteward/core/plan';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import type { Host } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import type { ActingPlaces, Environment, PackageCommand, SimulatedChange, TransactionFiles } from '../acting.ts';
import { keptName } from '../kept-name.ts';
import { readDatabase } from './database.ts';
import { isInstallOnly } from './install-only.ts';
import { identityOf, newestOf } from './newest.ts';
import { configurationPath } from './own-configuration.ts';
import { type AnnouncedPackage, parseAnnouncement } from './simulation.ts';

const SIMULATION_LIMITS = { timeoutMs: 120_000, outputBytesMax: 64 * 1024 * 1024 };

/**
 * A kernel comes beside the former ones, and goes back by being removed: the former ones were never gone. What replaces
 * nothing comes the same way.
 */
export function filesOf(
  changes: readonly PackageChange[],
  { packagesDirectory, configurationDirectory }: ActingPlaces,
): TransactionFiles {
  const removed = changes.filter(isRemoval);
  const installed = changes.filter((change) => !isRemoval(change));
  const pathsOf = (some: readonly PackageChange[]): string[] =>
    some.flatMap(({ sha256 }) => (sha256 === null ? [] : [join(packagesDirectory, keptName(sha256, 'rpm'))]));
  return {
    configurationDirectory,
    files: pathsOf(installed),
    beside: pathsOf(installed.filter(({ name, from }) => from === null || isInstallOnly(name))),
    removed: removed.map(({ name, from, architecture }) => `${name}-${from ?? ''}.${architecture}`),
  };
}

function isRemoval({ name, from, to }: PackageChange): boolean {
  if (to === null) return true;
  return isInstallOnly(name) && from !== null && VERSION_ORDERS.rpm.compare(to, from) < 0;
}

function dnfInstall({ files, configurationDirectory }: TransactionFiles, ...options: string[]): PackageCommand {
  const own = ['--config', configurationPath(configurationDirectory), '--assumeyes', ...options];
  return { tool: 'dnf', argv: [...own, 'install', ...files] };
}

/** Exactly these files over what is there, in the order that dnf and rpm find for them. */
export function installCommands(transaction: TransactionFiles): PackageCommand[] {
  return [...(transaction.files.length === 0 ? [] : [dnfInstall(transaction)]), ...removals(transaction)];
}

/**
 * From whatever an interruption left to the exact set. What a killed transaction leaves is both versions in the database,
 * or the right version with scripts that never ran: dnf calls either installed. rpm installs each file once more, with its
 * scripts, and takes what is left of other versions away. That all of it fits together was seen before anything began,
 * and is looked at again when it is done.
 */
export function repairCommands(transaction: TransactionFiles, again: boolean): PackageCommand[] {
  const { files, beside } = transaction;
  const replacing = files.filter((file) => !beside.includes(file));
  const anyhow = again ? ['--force', '--nodeps'] : ['--oldpackage', '--replacepkgs'];
  const install: PackageCommand = { tool: 'rpm', argv: ['--install', '--replacepkgs', '--nodeps', ...beside] };
  const upgrade: PackageCommand = { tool: 'rpm', argv: ['--upgrade', ...anyhow, ...replacing] };
  return [
    ...(beside.length === 0 ? [] : [install]),
    ...(replacing.length === 0 ? [] : [upgrade]),
    ...removals(transaction),
  ];
}

/** All at once, since they may need each other; then one by one, for rpm removes none where one is gone already. */
function removals({ removed }: TransactionFiles): PackageCommand[] {
  const each = removed.length > 1 ? [removed, ...removed.map((one) => [one])] : [removed];
  return removed.length === 0 ? [] : each.map((some) => ({ tool: 'rpm', argv: ['--erase', ...some], mayFail: true }));
}

/**
 * Has dnf resolve exactly these files, and rpm go through the transaction without touching anything: dependencies, files
 * that two packages claim, room on the disk, signatures. Its refusal is an answer too.
 */
export async function simulate(
  transaction: TransactionFiles,
  environment: Environment,
  host: Host,
): Promise<readonly SimulatedChange[] | { readonly impossible: string }> {
  const { tool, argv } = dnfInstall(transaction, '--setopt=tsflags=test');
  try {
    const announced = parseAnnouncement(await runCommand(tool, argv, SIMULATION_LIMITS, environment));
    return simulatedOf(announced, await readDatabase(host));
  } catch (error) {
    if (error instanceof CommandError && error.fault === 'failed') return { impossible: error.complaint };
    throw error;
  }
}

/** What dnf announces, as steps of packages: it does not say what an upgrade comes from. */
export function simulatedOf(
  announced: readonly AnnouncedPackage[],
  installed: readonly InstalledPackage[],
): SimulatedChange[] {
  const newest = newestOf(installed);
  return announced.map(({ name, architecture, version, comes }) => {
    const from = newest.get(identityOf({ name, architecture }))?.version ?? null;
    return { name, architecture, from: comes ? from : version, to: comes ? version : null };
  });
}

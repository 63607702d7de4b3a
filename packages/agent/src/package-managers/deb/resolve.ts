import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageChange, Target, TransactionProposal } from '@patchsteward/core/plan';
import type { InstalledPackage, OriginId } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import type { Host } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import { compareText } from '../../platform/text.ts';
import type { SimulatedChange } from '../acting.ts';
import type { Workplace } from '../contract.ts';
import { AptError, withApt } from './apt.ts';
import { aptName, nativeArchitecture } from './apt-name.ts';
import { originOfSource, parseIndexTargets } from './index-targets.ts';
import { parsePolicies } from './policy.ts';
import { readRecords } from './records.ts';
import { parseSimulation } from './simulation.ts';
import { readStatus } from './status-files.ts';

/** A slow mirror and a full archive: minutes; a hanging one must not hold the agent. */
const UPDATE_LIMITS = { timeoutMs: 10 * 60_000, outputBytesMax: 16 * 1024 * 1024 };
const WHY_CHARACTERS_MAX = 900;
const PRIVATE_DIRECTORY = 0o700;

type Answer = TransactionProposal['answer'];

/**
 * What the package manager would do to reach the targets, worked out by a user without rights over package lists of its
 * own: the host's lists may be old, and only root may refresh them. // decided 17
 */
export async function resolveTargets(host: Host, place: Workplace, targets: readonly Target[]): Promise<Answer> {
  try {
    const options = await refreshLists(place);
    const installed = await readStatus(host);
    return await withApt(host, place, async (apt) => {
      const native = nativeArchitecture(installed) ?? '';
      const wanted = targets.map((target) => `${nameOf(target, native)}=${target.to}`);
      const text = await apt.ask('apt-get', [
        ...options,
        '--simulate',
        '--no-install-recommends',
        'install',
        '--',
        ...wanted,
      ]);
      const simulated = parseSimulation(text);
      const facts = await readFacts(simulated, native, {
        policy: (names) => apt.askForAll('apt-cache', [...options, 'policy'], names),
        targets: () => apt.ask('apt-get', [...options, 'indextargets']),
        records: (names) =>
          readRecords(
            {
              ask: (tool, argv) => apt.ask(tool, [...options, ...argv]),
              askForAll: (tool, argv, all) => apt.askForAll(tool, [...options, ...argv], all),
            },
            names,
          ),
      });
      return changesOf(simulated, installed, facts);
    });
  } catch (error) {
    if (error instanceof AptError) return impossible(error.message);
    throw error;
  }
}

interface Facts {
  readonly of: (change: SimulatedChange) => {
    sha256: string | null;
    sizeBytes: number | null;
    origin: OriginId | null;
  };
}

interface Questions {
  readonly policy: (names: readonly string[]) => Promise<string>;
  readonly targets: () => Promise<string>;
  readonly records: (names: readonly string[]) => ReturnType<typeof readRecords>;
}

async function readFacts(simulated: readonly SimulatedChange[], native: string, ask: Questions): Promise<Facts> {
  const coming = simulated.filter(({ to }) => to !== null);
  const names = coming.map((change) => nameOf(change, native));
  const policies = parsePolicies(names.length === 0 ? '' : await ask.policy(names));
  const targets = new Map(parseIndexTargets(await ask.targets()).map((target) => [target.description, target]));
  const records = await ask.records(coming.map((change) => `${nameOf(change, native)}=${change.to ?? ''}`));
  return {
    of: (change) => {
      const record = records.find(change.name, change.to ?? '', change.architecture ?? '');
      const versions = policies.get(nameOf(change, native))?.versions ?? [];
      const source = versions.find(({ version }) => version === change.to)?.sources[0];
      return {
        sha256: record?.sha256 ?? null,
        sizeBytes: record?.sizeBytes ?? null,
        origin: source === undefined ? null : originOfSource(source, targets),
      };
    },
  };
}

/** Null origins and hashes cannot be signed: a version that no index lists is no answer. */
function changesOf(
  simulated: readonly SimulatedChange[],
  installed: readonly InstalledPackage[],
  facts: Facts,
): Answer {
  const changes: PackageChange[] = [];
  for (const change of simulated) {
    if (change.to === null) {
      return impossible(`${change.name} would be removed`);
    }
    const { sha256, sizeBytes, origin } = facts.of(change);
    const hash = `sha256:${sha256 ?? ''}`;
    if (!isHash(hash) || sizeBytes === null || origin === null || change.architecture === null) {
      return impossible(`no index lists ${change.name} ${change.to} with its hash`);
    }
    const { name, architecture, from, to } = change;
    changes.push({
      name,
      architecture,
      from: from ?? versionOf(installed, change),
      to,
      sha256: hash,
      sizeBytes,
      origin,
    });
  }
  if (changes.length === 0) return impossible('nothing would change: the targets are installed');
  return { kind: 'resolved', changes: changes.sort(byPlace) };
}

/** apt shows no former version of a package that is only half there. */
function versionOf(installed: readonly InstalledPackage[], { name, architecture }: SimulatedChange): string | null {
  return installed.find((one) => one.name === name && one.architecture === architecture)?.version ?? null;
}

function byPlace(a: PackageChange, b: PackageChange): number {
  return compareText(`${a.name} ${a.architecture}`, `${b.name} ${b.architecture}`);
}

function nameOf({ name, architecture }: { name: string; architecture: string | null }, native: string): string {
  return aptName({ name, architecture: architecture ?? native }, native);
}

function impossible(why: string): Answer {
  return { kind: 'impossible', why: why.slice(0, WHY_CHARACTERS_MAX) };
}

/**
 * Fetches the indexes of the host's own sources into a folder of ours, and gives the options that make apt use it. The
 * host's hooks for an update are root's business and cleared. Without `--error-on=any` apt calls a failure a success.
 */
async function refreshLists({ scratchDirectory, signal }: Workplace): Promise<readonly string[]> {
  const folder = join(scratchDirectory, '..', 'apt-lists');
  await mkdir(join(folder, 'lists/partial'), { recursive: true, mode: PRIVATE_DIRECTORY });
  // Beside the lists: apt removes from among them what is none.
  const configuration = join(folder, 'agent.conf');
  const text = [
    '#clear APT::Update;',
    '#clear DPkg::Pre-Invoke;',
    '#clear DPkg::Post-Invoke;',
    `Dir::State::lists "${folder}/lists/";`,
    // As root apt would hand the download to a user who cannot look into our folder.
    ...(process.getuid?.() === 0 ? ['APT::Sandbox::User "root";'] : []),
    'Acquire::Languages "none";',
    'Acquire::http::Timeout "30";',
    'Acquire::https::Timeout "30";',
  ];
  await writeFile(configuration, `${text.join('\n')}\n`, { mode: 0o600 });
  const options = ['-c', configuration];
  try {
    await runCommand('apt-get', [...options, 'update', '--error-on=any'], { ...UPDATE_LIMITS, signal });
  } catch (error) {
    if (error instanceof CommandError && error.fault !== 'stopped')
      throw new AptError(`apt-get update: ${error.complaint}`, error);
    throw error;
  }
  return options;
}

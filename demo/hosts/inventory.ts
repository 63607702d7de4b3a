import { HOUR_MS, type InstalledPackage, type Instant, type InventorySections } from '@patchsteward/core/vocabulary';
import { BASE_PACKAGES, type DemoHostFacts, RELEASES } from '../story/fleet.ts';
import type { StoryUpdate } from '../story/updates.ts';

const MIRROR = 'mirror.demo.invalid/os stable/main';
const BASE_VERSION = '1.0-1+demo';
const KERNEL = '6.1.0-40-amd64';

interface HostView {
  readonly facts: DemoHostFacts;
  /** Where the updates of the story come from, as hosts name it. */
  readonly origin: string;
  /** What is out by now. */
  readonly released: readonly StoryUpdate[];
  /** Every update of this host's team, also what is not out yet: its older version is installed. */
  readonly known: readonly StoryUpdate[];
  /** What was changed since the host was set up: version by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly indexDate: Instant;
  readonly bootedAt: Instant;
}

/** Everything that such a host would report. Hosts of one team with the same versions share one package set. */
export function inventoryOf(view: HostView): InventorySections {
  const { facts, origin, released, versions, indexDate } = view;
  const offered = released.filter(({ source, from }) => versionOf(view, source) === from);
  return {
    packages: {
      ecosystem: 'deb',
      release: RELEASES[facts.team.scope],
      packages: packagesOf(view),
      publishers: [
        { origin: MIRROR, publisher: facts.team.scope.startsWith('ubuntu') ? 'Ubuntu' : 'Debian' },
        { origin, publisher: 'Acme' },
      ],
    },
    updates: {
      updates: offered.map(({ source, from, to }) => ({
        ...{ name: source, architecture: 'amd64', from, to, source, sourceVersion: to },
        ...{ origins: [origin], sha256: null, sizeBytes: null, phased: false },
      })),
      unanswered: null,
    },
    origins: {
      origins: [
        {
          ...{ id: origin, publisher: 'Acme', label: 'Acme', suite: 'stable', codename: 'stable' },
          ...{ date: indexDate, validUntil: null, signed: true },
        },
      ],
    },
    system: systemOf(view, versions),
  };
}

function versionOf({ versions, known }: HostView, name: string): string {
  return versions[name] ?? known.find(({ source }) => source === name)?.from ?? BASE_VERSION;
}

function packagesOf(view: HostView): InstalledPackage[] {
  const own = new Set(view.known.map(({ source }) => source));
  const names = [...new Set([...BASE_PACKAGES, ...view.facts.team.packages, ...own])].sort();
  return names.map((name) => {
    const version = versionOf(view, name);
    return {
      ...{ name, version, architecture: 'amd64', source: name, sourceVersion: version },
      ...{ state: 'installed', hold: false, origins: null },
    };
  });
}

function systemOf({ facts, bootedAt }: HostView, versions: HostView['versions']): InventorySections['system'] {
  const rebootNeeded = facts.rebootNeeded && Object.keys(versions).length === 0;
  return {
    hostname: facts.name,
    machineId: null,
    architecture: 'amd64',
    bootId: 'boot-1',
    bootedAt: bootedAt - 24 * HOUR_MS,
    runningKernel: KERNEL,
    installedKernels: [{ release: KERNEL, package: `linux-image-${KERNEL}`, version: '6.1.153-1' }],
    container: false,
    rebootNeeded,
    rebootReasons: rebootNeeded ? ['kernel'] : [],
    restartNeeded: [],
    agentVersion: '0.1.0',
  };
}

import type { Hash, SectionName, SystemState } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import type { Host } from '../host/host.ts';
import { readSystem } from '../host/system.ts';
import type { PackageManager, PackageSections, Workplace } from '../package-managers/contract.ts';
import { managerOf } from '../package-managers/index.ts';
import { Problem } from '../platform/problem.ts';

/** A section as it is sent: its canonical JSON and the hash that addresses it. */
interface AddressedSection {
  readonly hash: Hash;
  readonly body: string;
}

export interface AddressedInventory {
  readonly bootId: string | null;
  readonly sections: Readonly<Record<SectionName, AddressedSection>>;
}

/** What was read last, so that an unchanged host costs a few file dates instead of a second of its package manager. */
export interface InventoryMemory {
  readonly stamp: Hash;
  readonly packages: PackageSections;
  readonly system: SystemState;
}

export interface InventoryReading {
  readonly memory: InventoryMemory;
  /** The package manager was asked; otherwise its sections were remembered. */
  readonly fresh: boolean;
}

/** The package manager works while we read: what was read is neither the old state nor the new one. */
class HostChangingError extends Problem {
  constructor() {
    super('host-changing', 'the package manager is at work', 'wait; the inventory is read again when it has finished');
  }
}

/** A single package is done within one attempt; an upgrade of hundreds outlasts any number of them. */
const READ_ATTEMPTS_MAX = 3;

/** Reads the inventory of a host; asks its package manager only when something of it changed since `memory`. */
export async function readInventoryAfter(
  memory: InventoryMemory | null,
  host: Host,
  place: Workplace,
): Promise<InventoryReading> {
  const manager = await managerOf(host);
  for (let attempt = 1; attempt <= READ_ATTEMPTS_MAX; attempt += 1) {
    const stamp = await manager.stamp(host);
    const reading = await settled(() => readOnce(memory, stamp, manager, host, place));
    // Whatever came of it, be it a failure: over a moving host it says nothing.
    if ((await manager.stamp(host)) !== stamp) continue;
    if (reading.kind === 'failed') throw reading.error;
    return reading.value;
  }
  throw new HostChangingError();
}

type Settled<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'failed'; readonly error: unknown };

async function settled<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

async function readOnce(
  memory: InventoryMemory | null,
  stamp: Hash,
  manager: PackageManager,
  host: Host,
  place: Workplace,
): Promise<InventoryReading> {
  const unchanged = memory?.stamp === stamp;
  const packages = unchanged ? memory.packages : await manager.readSections(host, place);
  const previous = memory === null ? null : { state: memory.system, filesReplaced: !unchanged };
  const system = await readSystem(host, manager, packages.packages.packages, previous);
  return { memory: { stamp, packages, system }, fresh: !unchanged };
}

/** The four sections in the form that is hashed and sent. */
export function addressed({ packages, system }: InventoryMemory): AddressedInventory {
  const known = addressedPackages.get(packages) ?? addressPackages(packages);
  addressedPackages.set(packages, known);
  return { bootId: system.bootId, sections: { ...known, system: addressedSection(system) } };
}

type AddressedPackages = Readonly<Record<keyof PackageSections, AddressedSection>>;

/** Sections that did not change are not written out and hashed again at every check-in. */
const addressedPackages = new WeakMap<PackageSections, AddressedPackages>();

function addressPackages({ packages, updates, origins }: PackageSections): AddressedPackages {
  return {
    packages: addressedSection(packages),
    updates: addressedSection(updates),
    origins: addressedSection(origins),
  };
}

function addressedSection(section: unknown): AddressedSection {
  const body = canonicalJson(section);
  return { hash: sha256(body), body };
}

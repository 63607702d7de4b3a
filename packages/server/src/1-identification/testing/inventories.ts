import type {
  InstalledPackage,
  InventorySections,
  OfferedUpdate,
  SectionName,
  UpdateOffers,
} from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';

const MAIN = 'deb.debian.org/debian bookworm/main';
const SECURITY = 'deb.debian.org/debian-security bookworm-security/main';

export function installed(more: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name: 'curl',
    version: '7.88.1-10+deb12u5',
    architecture: 'amd64',
    source: 'curl',
    sourceVersion: '7.88.1-10+deb12u5',
    state: 'installed',
    hold: false,
    origins: [MAIN],
    ...more,
  };
}

export function offered(more: Partial<OfferedUpdate> = {}): OfferedUpdate {
  return {
    name: 'curl',
    architecture: 'amd64',
    from: '7.88.1-10+deb12u5',
    to: '7.88.1-10+deb12u15',
    source: 'curl',
    sourceVersion: '7.88.1-10+deb12u15',
    origins: [SECURITY],
    sha256: null,
    sizeBytes: 315_000,
    phased: false,
    ...more,
  };
}

export function offers(updates: readonly OfferedUpdate[]): UpdateOffers {
  return { updates, unanswered: null };
}

export interface InventorySeed {
  readonly hostname?: string;
  /** Installed packages beside curl: p0 … p(n-1), each of a source of its own. */
  readonly packages?: number;
  /** Version of the packages p…: another seed, another set. */
  readonly seed?: string;
  readonly versionId?: string | null;
  readonly rebootNeeded?: boolean;
  readonly indexDate?: number;
}

/** A whole inventory of a Debian host, small or as large as asked for. */
export function inventory(seed: InventorySeed = {}): InventorySections {
  const { hostname = 'host-1', packages = 3, seed: version = '1', versionId = '12', rebootNeeded = false } = seed;
  const filler = Array.from({ length: packages }, (_, place) => {
    const name = `p${String(place).padStart(5, '0')}`;
    const at = `${version}.${place}-1`;
    return installed({ name, source: name, version: at, sourceVersion: at });
  });
  const date = seed.indexDate ?? Date.parse('2026-11-20T08:00:00Z');
  return {
    packages: {
      ecosystem: 'deb',
      release: { id: 'debian', versionId, codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
      packages: [installed(), ...filler],
      publishers: [{ origin: MAIN, publisher: 'Debian' }],
    },
    updates: offers([offered()]),
    origins: {
      origins: [indexOf(MAIN, 'bookworm', date), indexOf(SECURITY, 'bookworm-security', date)],
    },
    system: {
      hostname,
      machineId: null,
      architecture: 'amd64',
      bootId: 'boot-1',
      bootedAt: Date.parse('2026-11-01T00:00:00Z'),
      runningKernel: '6.1.0-40-amd64',
      installedKernels: [{ release: '6.1.0-40-amd64', package: 'linux-image-6.1.0-40-amd64', version: '6.1.153-1' }],
      container: false,
      rebootNeeded,
      rebootReasons: rebootNeeded ? ['kernel'] : [],
      restartNeeded: [],
      agentVersion: '0.1.0',
    },
  };
}

function indexOf(id: string, suite: string, date: number) {
  return { id, publisher: 'Debian', label: 'Debian', suite, codename: suite, date, validUntil: null, signed: true };
}

export interface AddressedSection {
  readonly hash: string;
  readonly bytes: Buffer;
}

/** Each section as its canonical bytes and their hash: what an agent sends. */
export function addressed(sections: InventorySections): Readonly<Record<SectionName, AddressedSection>> {
  return {
    packages: address(sections.packages),
    updates: address(sections.updates),
    origins: address(sections.origins),
    system: address(sections.system),
  };
}

export function address(value: unknown): AddressedSection {
  const bytes = Buffer.from(canonicalJson(value), 'utf8');
  return { hash: sha256(bytes), bytes };
}

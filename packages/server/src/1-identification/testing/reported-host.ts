import { randomBytes } from 'node:crypto';
import {
  type InstalledPackage,
  type Instant,
  type InventorySections,
  type OfferedUpdate,
  type PackageEcosystem,
  type Release,
  SECTION_NAMES,
} from '@patchsteward/core/vocabulary';
import { createCorridor } from '../../campaign/corridor.ts';
import { timestamp } from '../../platform/column-types.ts';
import type { Corridor } from '../../platform/corridor.ts';
import type { Db } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { checkIn } from '../check-in-perform.ts';
import { storeSection } from '../section-perform.ts';
import { addressed, inventory, offered as usualOffer, installed as usualPackage } from './inventories.ts';

export const bookworm: Release = {
  id: 'debian',
  versionId: '12',
  codename: 'bookworm',
  prettyName: 'Debian GNU/Linux 12 (bookworm)',
};

/** An installed package of the distribution; what a case is about is said, the rest is usual. */
export function installed(name: string, version: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  const source = { source: more.source ?? name, sourceVersion: version };
  return usualPackage({ name, version, ...source, origins: null, ...more });
}

export const SECURITY_ORIGIN = 'deb.debian.org/debian-security bookworm-security/main';

export function offered(name: string, from: string, to: string, more: Partial<OfferedUpdate> = {}): OfferedUpdate {
  return usualOffer({ name, from, to, source: more.source ?? name, sourceVersion: to, ...more });
}

export interface HostReport {
  readonly ecosystem?: PackageEcosystem;
  readonly release?: Release;
  readonly packages: readonly InstalledPackage[];
  readonly updates?: readonly OfferedUpdate[];
  readonly unanswered?: string;
  readonly origins?: InventorySections['origins']['origins'];
  readonly publishers?: InventorySections['packages']['publishers'];
  readonly system?: Partial<InventorySections['system']>;
}

function sectionsOf(name: string, report: HostReport): InventorySections {
  return {
    packages: {
      ecosystem: report.ecosystem ?? 'deb',
      release: report.release ?? bookworm,
      packages: report.packages,
      publishers: report.publishers ?? [],
    },
    updates: { updates: report.updates ?? [], unanswered: report.unanswered ?? null },
    origins: { origins: report.origins ?? [] },
    system: {
      ...inventory({ hostname: name }).system,
      ...report.system,
    },
  };
}

export interface ReportingWorld {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly clock: () => Instant;
}

/** The real corridor, without its workers: wishes stay in the outbox and the test grants them. */
export function testCorridor(db: Db): Corridor {
  return createCorridor(db, { newId, randomBytes: (count) => randomBytes(count) }, () => undefined);
}

/** A host that is enrolled and has reported, through the code that takes real reports. Gives its asset id. */
export async function reportHost(
  world: ReportingWorld,
  name: string,
  report: HostReport,
  more: {
    readonly assetId?: string;
    readonly at?: Instant;
    readonly firstSeen?: Instant;
    readonly bootId?: string;
  } = {},
): Promise<string> {
  const at = more.at ?? world.clock();
  const assetId = more.assetId ?? (await enroll(world.db, name, more.firstSeen ?? at));
  const sections = addressed(sectionsOf(name, report));
  for (const section of SECTION_NAMES) await storeSection(world.db, { name: section, ...sections[section], at });
  const { packages, updates, origins, system } = sections;
  const missing = await checkIn(world, {
    assetId,
    at,
    bootId: more.bootId ?? null,
    agentVersion: '0.1.0',
    sections: { packages: packages.hash, updates: updates.hash, origins: origins.hash, system: system.hash },
  });
  if (missing.length > 0) throw new Error(`sections are missing: ${missing.join(', ')}`);
  return assetId;
}

async function enroll(db: Db, name: string, firstSeen: Instant): Promise<string> {
  const id = newId(firstSeen);
  await db
    .insertInto('identification.asset')
    .values({ id, name, first_seen: timestamp(firstSeen) })
    .execute();
  return id;
}

import type { PackageChange, PlanAsset } from '@patchsteward/core/plan';
import type { Criticality, Hash, ScopedAsset } from '@patchsteward/core/vocabulary';
import { MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Dice } from '../time/dice.ts';

export const CAMPAIGN = 'c1';
export const BEFORE = '1.0-1';
export const TARGET = '1.0-2';
const PACKAGES = ['libssl3', 'openssl'] as const;
const HOSTS_MIN = 5;

/** Looks like a hash: nobody in this world looks inside. */
export function tokenHash(kind: string, number: number): Hash {
  let name = 0;
  for (let place = 0; place < kind.length; place += 1) name = (Math.imul(name, 31) + kind.charCodeAt(place)) >>> 0;
  const digits = name.toString(16).padStart(8, '0') + number.toString(16).padStart(56, '0');
  return `sha256:${digits}` as Hash;
}

export function tokenId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A host as its plan and its campaign know it. */
export interface Member {
  readonly scoped: ScopedAsset;
  readonly planned: PlanAsset;
}

/** Of so many hosts, or of as many as are drawn. */
export function drawFleet(dice: Dice, hosts?: number): Member[] {
  const count = hosts ?? drawSize(dice);
  const grouped = dice.chance(0.7);
  return Array.from({ length: count }, (_, index) => drawMember(dice, index + 1, grouped));
}

/** Mostly small: what breaks breaks with few, and a large fleet takes as long as ten small ones. */
function drawSize(dice: Dice): number {
  const roll = dice.next();
  if (roll < 0.8) return dice.between(HOSTS_MIN, 9);
  return roll < 0.98 ? dice.between(10, 20) : dice.between(21, 60);
}

function drawMember(dice: Dice, number: number, grouped: boolean): Member {
  const assetId = tokenId(number);
  const name = `host-${number}`;
  const redundancyGroups = grouped
    ? dice.one<readonly string[]>([[], ['web'], ['db'], ['web', 'dns'], ['db', 'dns']])
    : [];
  const criticality = dice.one<Criticality>(['low', 'normal', 'normal', 'high', 'critical']);
  const maintenanceGroup = dice.one(['always', 'always', 'nightly']);
  const scoped: ScopedAsset = {
    ...{ assetId, name, criticality, environment: 'production', owner: null, redundancyGroups, maintenanceGroup },
  };
  const planned: PlanAsset = {
    ...{ assetId, name, criticality, environment: 'production', redundancyGroups, maintenanceGroup },
    ...{ exposure: 'internal', scope: 'debian:12', role: null, ring: false, extraordinary: [] },
    transaction: {
      assetId,
      ecosystem: 'deb',
      packagesHash: tokenHash('packages', number),
      changes: PACKAGES.map((each) => upgrade(each, BEFORE, TARGET)),
      rollback: dice.chance(0.8)
        ? { kind: 'downgrade', changes: PACKAGES.map((each) => upgrade(each, TARGET, BEFORE)) }
        : { kind: 'none', why: 'the old versions are gone' },
      evidence: tokenHash('authenticity', number),
    },
    backup: { kind: 'proof', proof: tokenHash('backup', number) },
    health: { units: [], ports: [], urls: [], watchMs: MINUTE_MS },
    restarts: [],
    reboot: dice.chance(0.2) ? 'if-needed' : 'never',
    expectedMs: null,
  };
  return { scoped, planned };
}

function upgrade(name: string, from: string, to: string): PackageChange {
  const file = { sha256: tokenHash(name, to.length), sizeBytes: 1_000, origin: 'archive' as PackageChange['origin'] };
  return { name, architecture: 'amd64', from, to, ...file };
}

export function startVersions(): [string, string][] {
  return PACKAGES.map((name) => [name, BEFORE]);
}

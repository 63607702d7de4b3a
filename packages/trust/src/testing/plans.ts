import { type Leaf, type PackageChange, type PlanBody, type PlanLeaf, summarize } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import type { Guard, HostFacts } from '../authorize/index.ts';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { encodeLeaf, encodePlan, leafTree, type PlacedLeaf } from '../plan/index.ts';
import { type KeyName, NOW, signedBy } from './people.ts';

const HOUR_MS = 3_600_000;
export const PACKAGE_HASH: Hash = sha256('the bytes of a package');

export function assetId(number: number): string {
  return `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}
export const WEB = assetId(1);
export const DB = assetId(2);

export function change(given: Partial<PackageChange> = {}): PackageChange {
  return {
    name: 'openssl',
    architecture: 'amd64',
    from: '3.0.17-1~deb12u2',
    to: '3.0.18-1~deb12u1',
    sha256: PACKAGE_HASH,
    sizeBytes: 1_400_000,
    origin: 'deb.debian.org/debian-security bookworm-security/main',
    ...given,
  };
}

export function leaf(given: Partial<Leaf> = {}): Leaf {
  return {
    assetId: WEB,
    ecosystem: 'deb',
    wave: 1,
    changes: [change()],
    restarts: ['nginx.service'],
    reboot: 'never',
    intervals: [{ from: NOW - HOUR_MS, until: NOW + HOUR_MS }],
    health: { units: ['nginx.service'], ports: [443], urls: ['http://127.0.0.1:80/health'], watchMs: 60_000 },
    backup: { kind: 'proof', proof: sha256('a backup proof') },
    rollback: { kind: 'downgrade', changes: [change({ from: '3.0.18-1~deb12u1', to: '3.0.17-1~deb12u2' })] },
    rollbackGraceMs: 2 * HOUR_MS,
    ...given,
  };
}

/** A leaf of another host, so that a plan has a tree and not only a root. */
export function otherLeaf(given: Partial<Leaf> = {}): Leaf {
  return leaf({ assetId: DB, intervals: [{ from: NOW + HOUR_MS, until: NOW + 2 * HOUR_MS }], ...given });
}

export function planOf(leaves: readonly PlanLeaf[], given: Partial<PlanBody> = {}): PlanBody {
  return {
    campaign: '0190a000-0000-7000-8000-00000000cafe',
    kind: 'production',
    lane: 'critical',
    requester: 'ivy',
    parent: null,
    supersedes: [],
    rootVersion: 1,
    policyHash: sha256('a policy'),
    leavesRoot: leafTree(leaves.map(encodeLeaf)).root,
    leafCount: leaves.length,
    criticality: 'normal',
    epoch: 7,
    evidence: [{ kind: 'authenticity', hash: sha256('a report') }],
    notAfter: NOW + 24 * HOUR_MS,
    summary: summarize(leaves),
    ...given,
  };
}

export function sealPlan(plan: PlanBody): Envelope {
  return sealEnvelope(PAYLOAD_TYPES.plan, encodePlan(plan));
}

export function signedPlan(plan: PlanBody, ...names: readonly KeyName[]): Envelope {
  return signedBy(sealPlan(plan), ...names);
}

export function placed(leaves: readonly Leaf[], index = 0): PlacedLeaf {
  const bytes = leaves.map(encodeLeaf);
  return { bytes: bytes[index] ?? Buffer.alloc(0), index, proof: leafTree(bytes).proof(index) };
}

export function guard(given: Partial<Guard> = {}): Guard {
  return {
    environment: 'production',
    criticality: 'normal',
    allow: { reboot: true, kernel: true, lanes: ['routine', 'critical', 'emergency'] },
    packagesDenied: [],
    ...given,
  };
}

export function host(given: Partial<HostFacts> = {}): HostFacts {
  return { assetId: WEB, guard: guard(), last: null, ...given };
}

/** So many hours from now. */
export function inHours(hours: number): number {
  return NOW + hours * HOUR_MS;
}

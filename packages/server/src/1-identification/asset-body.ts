import { type Asset, type AssetSummary, LaneText } from '@patchsteward/contract';
import {
  type CoveringFeed,
  type Lifecycle,
  type PlatformSupport,
  scopeOfRelease,
  supportOf,
  supportReasons,
  supportWord,
} from '@patchsteward/core/1-identification';
import { type Instant, type Origins, type Reason, reasonOf, type SystemState } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';
import type { AssetDetailRow, AssetSummaryRow } from './asset-list-store.ts';
import { staleFrom } from './asset-staleness.ts';
import { type SilentFeed, silenceReasons } from './feeds-silence.ts';
import { judgedOf, notJudged } from './judged.ts';

/** What an asset is seen by, beside its own rows. */
interface SeenBy {
  readonly feeds: readonly CoveringFeed[];
  /** Of its platform; null: no source says. */
  readonly support: PlatformSupport | null;
}

export function assetSummary(row: AssetSummaryRow, { feeds, support }: SeenBy, now: Instant): AssetSummary {
  const judged =
    row.release === null || row.ecosystem === null
      ? notJudged(reasonOf(row.origin === 'agent' ? 'not-reported-yet' : 'no-agent', row.name))
      : judgedOf({ release: row.release, ecosystem: row.ecosystem }, feeds, {
          judgedAt: row.judgedAt,
          unjudged: row.unjudged ?? 0,
        });
  const counted = judged.kind === 'judged';
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    criticality: row.criticality,
    exposure: row.exposure,
    environment: row.environment,
    owner: row.owner,
    role: row.role,
    tags: [...row.tags],
    maintenanceGroup: row.maintenanceGroup,
    redundancyGroups: [...row.redundancyGroups],
    ring: row.ring,
    origin: row.origin,
    product: productOf(row),
    release: row.release,
    support: supportBody(support),
    packages: row.packages,
    judged,
    findings: counted ? row.findings : null,
    knownExploited: counted ? row.knownExploited : null,
    updates: row.updates,
    securityUpdates: row.securityUpdates,
    nextDue: nextDueOf(row, now),
    // Of what has no agent nobody knows whether it waits for a reboot.
    rebootNeeded: row.origin === 'agent' ? row.rebootNeeded : null,
    firstSeen: timestampOf(row.firstSeen),
    lastSeen: row.seenAt === null ? null : timestampOf(row.seenAt),
    lastListed: row.listedAt === null ? null : timestampOf(row.listedAt),
    stale: isStale(row, now),
    version: row.version,
  };
}

export interface AssetParts {
  readonly row: AssetDetailRow;
  readonly feeds: readonly CoveringFeed[];
  readonly silent: readonly SilentFeed[];
  /** null until the first report. */
  readonly system: SystemState | null;
  readonly origins: Origins | null;
  /** What sources say of the platform, and how long before its end people are warned. */
  readonly lifecycles: readonly Lifecycle[];
  readonly warnMs: number;
}

export function assetBody(
  { row, feeds, silent, system, origins, lifecycles, warnMs }: AssetParts,
  now: Instant,
): Asset {
  const support = supportOf(lifecycles, warnMs, now);
  const platform = supportReasons(support, row.release?.prettyName ?? row.name);
  return {
    ...assetSummary(row, { feeds, support }, now),
    machineId: system?.machineId ?? null,
    architecture: system?.architecture ?? null,
    agentVersion: row.origin === 'agent' ? row.agentVersion : null,
    runningKernel: system?.runningKernel ?? null,
    installedKernels: (system?.installedKernels ?? []).map((kernel) => ({ ...kernel })),
    container: system?.container ?? null,
    rebootReasons: [...(system?.rebootReasons ?? [])],
    restartNeeded: system?.restartNeeded == null ? null : [...system.restartNeeded],
    bootedAt: system?.bootedAt == null ? null : timestampOf(system.bootedAt),
    packageSet: row.packagesHash,
    origins: (origins?.origins ?? []).map(({ id, publisher, suite, date, signed }) => ({
      id,
      publisher,
      suite,
      date: date === null ? null : timestampOf(date),
      signed,
    })),
    reasons: [...platform, ...reasonsOf(row, system, now), ...silenceOf(row, silent)].map(reasonBody),
  };
}

function nextDueOf(row: AssetSummaryRow, now: Instant): AssetSummary['nextDue'] {
  if (row.lane === null || row.due === null) return null;
  return { lane: LaneText.parse(row.lane), due: timestampOf(row.due), late: row.due < now };
}

function supportBody(support: PlatformSupport | null): AssetSummary['support'] {
  return {
    state: supportWord(support),
    phase: support?.phase ?? null,
    until: support === null ? null : timestampOf(support.until),
    extendedUntil: support === null || support.extendedUntil === null ? null : timestampOf(support.extendedUntil),
  };
}

function productOf({ vendor, product, productVersion, build }: AssetSummaryRow): AssetSummary['product'] {
  const said = { vendor, name: product, version: productVersion, build };
  return Object.values(said).some((word) => word !== null) ? said : null;
}

function isStale(row: AssetSummaryRow, now: Instant): boolean {
  return staleFrom(row) < now;
}

function reasonsOf(row: AssetSummaryRow, system: SystemState | null, now: Instant): Reason[] {
  return [
    ...(isStale(row, now) ? [reasonOf(row.origin === 'agent' ? 'report-stale' : 'listing-stale', row.name)] : []),
    ...(row.exposure === 'unknown' ? [reasonOf('exposure-unknown', row.name)] : []),
    ...(row.origin === 'agent' && row.seenAt !== null && row.updates === null
      ? [reasonOf('updates-not-known', row.name)]
      : []),
    ...(row.origin === 'agent' && system !== null && system.restartNeeded === null
      ? [reasonOf('restarts-not-known', row.name)]
      : []),
    ...(row.rebootNeeded === true ? [reasonOf('reboot-pending', row.name)] : []),
    ...(system?.restartNeeded ?? []).map((unit) => reasonOf('restart-pending', unit)),
  ];
}

/** Only what was judged by a feed depends on it. */
function silenceOf({ release, judgedAt }: AssetSummaryRow, silent: readonly SilentFeed[]): Reason[] {
  const scope = release === null || judgedAt === null ? null : scopeOfRelease(release);
  return scope === null ? [] : silenceReasons(silent, scope);
}

function timestampOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

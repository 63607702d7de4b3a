import type { ExposedAsset } from '@patchsteward/contract';
import {
  comesFromOrigins,
  KERNEL_USER,
  nextStepOf,
  subscriptionNeeded,
  unfixedReason,
} from '@patchsteward/core/1-identification';
import { type AssetAnswers, standingAnswer } from '@patchsteward/core/2-evaluation';
import { type Instant, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';
import { sourceBody } from './advisory-sources.ts';
import { timeOf } from './assessment-body.ts';
import type { ExposedRow } from './exposed-assets.ts';
import type { RowDetails } from './exposure-store.ts';

interface Beside {
  readonly details: RowDetails;
  readonly firstReport: Instant | undefined;
  /** What was offered and planned on a day of the past is not kept. */
  readonly isPast: boolean;
  /** What people answered to risks on its asset; of a past day it is not kept. */
  readonly said: AssetAnswers | undefined;
  readonly now: Instant;
}

/** A source version on an asset for whoever reads: what it means, since when, and what to do. */
export function exposedBody(row: ExposedRow, beside: Beside): ExposedAsset {
  const { asset } = row.asset;
  const { version } = row.placed;
  const { details, firstReport } = beside;
  return {
    assetId: asset.id,
    assetName: asset.name,
    criticality: asset.criticality,
    exposure: asset.exposure,
    source: version.source,
    sourceVersion: version.version,
    packages: [...details.packages],
    status: version.status,
    runs: row.runs,
    vulnerabilities: [...version.vulnerabilities],
    since: timeOf(Math.max(details.advisory_seen ?? asset.firstSeen, asset.firstSeen)),
    releasedAt: timeOrNull(version.releasedAt),
    knownSince: timeOrNull(details.advisory_seen),
    onAssetSince: timeOrNull(firstReport ?? null),
    advisory: version.winner?.advisory ?? null,
    advisoryUrl: details.advisory_url,
    advisorySource: sourceBody(details),
    feed: version.winner?.feed ?? null,
    losing: version.losing.map(({ claim, because }) => ({
      ...{ advisory: claim.advisory, feed: claim.feed, status: claim.status, because },
    })),
    fixed: version.fixed,
    fixOffered: isOpen(row) && details.offers.length > 0,
    offers: isOpen(row) ? details.offers.map((offer) => ({ ...offer })) : [],
    held: [...details.held],
    campaign: campaignOf(row, beside),
    answered: answeredOf(row, beside),
    why: version.why,
    next: nextOf(row, beside),
    reasons: reasonsOf(row, beside).map(reasonBody),
  };
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : timeOf(instant);
}

/** What is fixed has an offered version above the fix, and nothing to do with it. */
function isOpen({ placed }: ExposedRow): boolean {
  return placed.version.status !== 'fixed' && placed.version.status !== 'not_affected';
}

function campaignOf(row: ExposedRow, { details, isPast }: Beside): ExposedAsset['campaign'] {
  const { campaign_id: id, campaign_title: title, campaign_state: state } = details;
  if (isPast || !isOpen(row) || id === null || title === null || state === null) return null;
  return { id, title, state };
}

/** Only where somebody answers for each of what was asked about; the first of them that ends says until when. */
function answeredOf(row: ExposedRow, { said, isPast, now }: Beside): ExposedAsset['answered'] {
  if (said === undefined || isPast || !isOpen(row)) return null;
  const { source, vulnerabilities } = row.placed.version;
  const answers = vulnerabilities.map((subject) => standingAnswer({ subject, source }, said, now));
  const [first] = answers.flatMap((one) => one ?? []).sort((a, b) => a.until - b.until);
  if (first === undefined || answers.includes(null)) return null;
  return { response: first.response, kind: first.kind, until: timeOf(first.until) };
}

function nextOf(row: ExposedRow, beside: Beside): ExposedAsset['next'] {
  const { version } = row.placed;
  if (beside.isPast && isOpen(row) && version.fixed !== null && !row.fixNotRunning) {
    return { step: 'install', sentence: `It was fixed in ${version.source} ${version.fixed}.` };
  }
  return nextStepOf({
    scope: version.scope,
    ...{ status: version.status, source: version.source, fixed: version.fixed, rebootPending: row.rebootPending },
    idle: row.runs === false,
    restarts: row.fixNotRunning && !row.rebootPending ? restartsOf(beside) : [],
    held: beside.details.held,
    offers: beside.details.offers,
    subscription: subscriptionOf(row),
    campaign: campaignOf(row, beside)?.title ?? null,
  });
}

function subscriptionOf({ placed: { version } }: ExposedRow): string | null {
  const { scope, source, version: sourceVersion } = version;
  return subscriptionNeeded({ scope, source, sourceVersion }, version);
}

/** Of a day of the past nobody kept who it was. */
function restartsOf({ details, isPast }: Beside): readonly string[] {
  return isPast || details.restarts.length === 0 ? ['what runs it'] : details.restarts;
}

function runnersOf(row: ExposedRow, beside: Beside): string {
  return row.rebootPending ? KERNEL_USER : restartsOf(beside).join(', ');
}

function reasonsOf(row: ExposedRow, beside: Beside): Reason[] {
  const { details, isPast } = beside;
  const { version } = row.placed;
  const { source, fixed } = version;
  if (version.status === 'not_judged') return [reasonOf('third-party-origin', `${source} ${version.version}`)];
  if (!isOpen(row)) return [];
  const vulnerability = version.vulnerabilities[0] ?? source;
  const isOffered = details.offers.length > 0;
  return [
    ...(row.runs === false ? [reasonOf('kernel-not-running', details.packages.join(', ') || source)] : []),
    ...(row.fixNotRunning ? [reasonOf('fix-installed-not-running', runnersOf(row, beside))] : []),
    ...(row.rebootPending ? [reasonOf('reboot-pending', vulnerability)] : []),
    ...(fixed === null ? [unfixedReason(version.status, vulnerability)] : []),
    ...details.held.map((name) => reasonOf('fix-held', name)),
    ...(isOffered || isPast || row.fixNotRunning ? [] : unofferedReasons(row)),
    ...(isOffered && details.offers.every(({ phased }) => phased) ? [reasonOf('update-phased', source)] : []),
  ];
}

/** Why the fix, where there is one, is not offered. */
function unofferedReasons(row: ExposedRow): Reason[] {
  const { scope, source, fixed } = row.placed.version;
  if (fixed === null || !comesFromOrigins(scope)) return [];
  const subscription = subscriptionOf(row);
  if (subscription === null) return [reasonOf('fix-not-in-configured-origins', `${source} ${fixed}`)];
  return [reasonOf('fix-needs-subscription', `${source} ${fixed} of ${subscription}`)];
}

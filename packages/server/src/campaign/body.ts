import {
  type Campaign,
  type CampaignEventBody,
  type CampaignSummary,
  type Explanation,
  type JobBody,
  SUMMARY_REASONS_MAX,
} from '@patchsteward/contract';
import { type CampaignState, explain, isEnd, standsIn } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, sentenceOf } from '@patchsteward/core/vocabulary';
import type { Job } from '../6-deployment/job-store.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import type { CampaignRow } from './campaign-store.ts';
import type { EventRow } from './event-store.ts';

export function summaryBody(row: CampaignRow, policy: Policy, now: Instant): CampaignSummary {
  const { state, ended, openedAt, updatedAt } = row;
  const { verdict, sentence, reasons } = explanationBody(state, policy, now);
  const { id, title, name, lane, requester, assets } = state;
  return {
    id,
    title,
    state: name,
    room: standsIn(state),
    lane,
    ...dueOf(state, now),
    requester,
    assets: assets.length,
    ended,
    verdict,
    sentence,
    reasons: reasons.slice(0, SUMMARY_REASONS_MAX),
    openedAt: timeOf(openedAt),
    updatedAt: timeOf(updatedAt),
  };
}

/** When it is due, and whether that has passed or cannot be met any more; of what has ended neither is said. */
export function dueOf(
  { name, due, plan }: CampaignState,
  now: Instant,
): Pick<CampaignSummary, 'due' | 'late' | 'cannotBeMet'> {
  const open = due !== null && !isEnd(name);
  return {
    due: due === null ? null : timeOf(due),
    late: open && due < now,
    cannotBeMet: open && due >= now && (plan?.infeasible ?? []).length > 0,
  };
}

export function explanationBody(state: CampaignState, policy: Policy, now: Instant): Explanation {
  const { sentence, reasons } = explain(state, { now, policy });
  return {
    state: state.name,
    room: standsIn(state),
    verdict: verdictOf(state),
    sentence,
    reasons: reasons.map(reasonBody),
  };
}

/** The last word of the room in which it stands; what people or a limit stopped is stopped whatever the room said. */
export function verdictOf(state: CampaignState): Explanation['verdict'] {
  if (isEnd(state.name)) return 'ended';
  if (state.name === 'paused' || state.name === 'halted' || state.name === 'quarantined') return 'stop';
  return state.verdicts[standsIn(state)]?.kind ?? 'wait';
}

export function campaignBody(row: CampaignRow, jobs: readonly Job[], policy: Policy, now: Instant): Campaign {
  const { state } = row;
  const counts: Record<string, number> = {};
  for (const job of jobs) counts[job.state.name] = (counts[job.state.name] ?? 0) + 1;
  return {
    ...summaryBody(row, policy, now),
    releasedAt: timeOf(state.releasedAt),
    firstSeen: timeOf(state.firstSeen),
    updates: state.updates.map(({ scope, source, sourceVersion, targets, fixes }) => ({
      ...{ scope, source, sourceVersion },
      targets: targets.map((target) => ({ ...target })),
      fixes: [...fixes],
    })),
    scope: state.assets.map(({ assetId, redundancyGroups, ...asset }) => ({
      id: assetId,
      ...asset,
      redundancyGroups: [...redundancyGroups],
    })),
    plans: { test: state.trial.plan, production: state.plan?.hash ?? null },
    jobs: counts,
    explanation: explanationBody(state, policy, now),
  };
}

/** `hosts`: the name of the host of each stream of a work order. */
export function eventBody(row: EventRow, hosts: ReadonlyMap<string, string>): CampaignEventBody {
  const { stream, version, at, actor, kind, body, leaf } = row;
  const { kind: _, ...values } = body.event;
  const asset = hosts.get(stream) ?? null;
  const by = 'by' in body ? body.by : actor;
  const name = by.startsWith('agent:') ? (asset ?? by) : by;
  return { stream, version, at: timeOf(at), actor, by: name, asset, kind, body: { ...values }, leaf };
}

export function jobBody(job: Job, names: ReadonlyMap<string, string>): JobBody {
  const { key, plan, planKind, assetId, state } = job;
  return {
    job: key,
    plan,
    planKind,
    assetId,
    asset: names.get(assetId) ?? assetId,
    wave: state.wave,
    epoch: state.epoch,
    state: state.name,
    unknownSince: state.unknownSince === null ? null : timeOf(state.unknownSince),
    updatedAt: timeOf(state.since),
    blockedBy: state.error === null ? (state.blocked?.reason ?? null) : null,
    trouble: troubleOf(job),
  };
}

function troubleOf({ state: { blocked, error } }: Job): string | null {
  if (error !== null) return [error.stage, error.package, error.cause].filter((part) => part !== null).join(': ');
  if (blocked === null) return null;
  const { reason, detail } = blocked;
  // A word of our own list speaks of what the host found; of another one we know only that the host is blocked.
  const subject = reason === 'host-blocked' ? `The host (${detail})` : detail || 'the host';
  return sentenceOf({ code: reason, subject, clearableBy: [] });
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

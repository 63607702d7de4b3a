import type { AnnouncementDismissal, AnnouncementTriage } from '@patchsteward/contract';
import { isCovered } from '@patchsteward/core/1-identification';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Advisories } from '@patchsteward/feeds';
import type { Actor, Corridor, NewLeaf } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { keepCoverageHonest } from './announcement-claim-store.ts';
import { advisoriesOfTriage, scopesOf, targetText, withdrawnAdvisory } from './announcement-claims.ts';
import { refusalOfTriage, refusalOfUndo, type TriageRefusal } from './announcement-rules.ts';
import { type AnnouncementRow, lockAnnouncements, putTriage } from './announcement-store.ts';
import { readCoveringFeeds } from './coverage.ts';
import { mergeClaims } from './feeds-import.ts';
import { claimRows } from './feeds-rows.ts';
import { REJUDGE_WISH } from './judging.ts';

export interface TriageTools {
  readonly corridor: Corridor;
  readonly policy: Pick<Policy, 'severity' | 'critical'>;
}

export interface TriagedBy {
  readonly actor: Actor;
  readonly at: Instant;
  readonly person: { readonly login: string; readonly name: string };
}

/** Makes an announcement a claim, by which assets are judged from now on. The releases of which nobody else speaks. */
export function triageAnnouncement(
  tools: TriageTools,
  id: string,
  { revision, claim, why }: AnnouncementTriage,
  by: TriagedBy,
): Promise<readonly string[]> {
  return tools.corridor.change(by, async (tx) => {
    const row = await lockOne(tx, id);
    refuse(refusalOfTriage(row, revision));
    const said = advisoriesOfTriage(row, claim, by.person.name, by.at);
    const scopes = scopesOf(said.claims);
    const covering = await readCoveringFeeds(tx);
    await putTriage(tx, {
      id: newId(by.at),
      announcement: id,
      kind: 'claim',
      revision,
      claim,
      why,
      undoes: null,
      ...saidBy(by),
    });
    await speak(tx, tools, row, said, by.at);
    const { targets, ranges, vulnerabilities, severity } = claim;
    const payload = {
      ...{ feed: row.feed, revision, sha256: row.sha256, fileSha256: row.file_sha256, title: row.title },
      ...{ targets: targets.map(targetText), ranges: ranges.map((range) => ({ ...range })), severity, why },
      vulnerabilities: [...vulnerabilities],
    };
    return {
      value: scopes.filter((scope) => !isCovered(scope, covering)),
      leaves: [{ kind: 'announcement.claimed', subject: id, payload }],
      wishes: [REJUDGE_WISH],
    };
  });
}

/** Dismisses all of them, or none. What a changed one claimed before ends with it. */
export function dismissAnnouncements(
  tools: TriageTools,
  { announcements, why }: AnnouncementDismissal,
  by: TriagedBy,
): Promise<number> {
  const read = new Map(announcements.map(({ id, revision }) => [id, revision]));
  return tools.corridor.change(by, async (tx) => {
    const rows = await lockAnnouncements(tx, [...read.keys()]);
    const refusals: TriageRefusal[] = [];
    const leaves: NewLeaf[] = [];
    for (const [id, revision] of read) {
      const row = rows.get(id);
      if (row === undefined) throw noSuch(id);
      const refusal = refusalOfTriage(row, revision);
      if (refusal !== null) refusals.push(refusal);
    }
    refuseAll(refusals);
    const judging = [...rows.values()].find(({ triage }) => triage?.kind === 'claim');
    if (judging !== undefined && rows.size > 1) {
      throw new Refusal('conflict', `What ${judging.id} claimed before still judges; dismiss it by itself.`);
    }
    for (const row of rows.values()) {
      const { id, revision } = row;
      await endClaim(tx, tools, row, by.at);
      const triage = { id: newId(by.at), kind: 'dismissal', revision, claim: null, why, undoes: null } as const;
      await putTriage(tx, { ...triage, announcement: id, ...saidBy(by) });
      const payload = { feed: row.feed, revision, sha256: row.sha256, title: row.title, why, together: rows.size };
      leaves.push({ kind: 'announcement.dismissed', subject: id, payload });
    }
    return { value: rows.size, leaves, wishes: [REJUDGE_WISH] };
  });
}

/** Takes back what was made of it; it waits again, and what it claimed ends. */
export function undoTriage(tools: TriageTools, id: string, why: string, by: TriagedBy): Promise<void> {
  return tools.corridor.change(by, async (tx) => {
    const row = await lockOne(tx, id);
    refuse(refusalOfUndo(row));
    await endClaim(tx, tools, row, by.at);
    const { revision, triage } = row;
    const undo = { id: newId(by.at), kind: 'undo', revision, claim: null, why, undoes: triage?.id ?? null } as const;
    await putTriage(tx, { ...undo, announcement: id, ...saidBy(by) });
    const payload = { feed: row.feed, revision, undone: triage?.kind ?? null, why };
    return {
      value: undefined,
      leaves: [{ kind: 'announcement.reopened', subject: id, payload }],
      wishes: [REJUDGE_WISH],
    };
  });
}

async function endClaim(tx: Tx, tools: TriageTools, row: AnnouncementRow, at: Instant): Promise<void> {
  if (row.triage?.kind === 'claim') await speak(tx, tools, row, withdrawnAdvisory(row, at), at);
}

/** By the same way as what programs read: claims are compared, closed and opened, and what they reach is judged again. */
async function speak(
  tx: Tx,
  { policy }: TriageTools,
  { feed }: AnnouncementRow,
  said: Advisories,
  at: Instant,
): Promise<void> {
  await mergeClaims(tx, { id: feed, publisher: feed, policy }, claimRows({ id: feed, families: null }, said), at);
  await keepCoverageHonest(tx, feed);
}

function saidBy({ person, at }: TriagedBy): Pick<TriagedBy, 'person' | 'at'> {
  return { person, at };
}

async function lockOne(tx: Tx, id: string): Promise<AnnouncementRow> {
  const row = (await lockAnnouncements(tx, [id])).get(id);
  if (row === undefined) throw noSuch(id);
  return row;
}

export function noSuch(id: string): Refusal {
  return new Refusal('not-found', `There is no announcement ${id}.`);
}

function refuse(refusal: TriageRefusal | null): void {
  if (refusal !== null) throw new Refusal(refusal.code, `${refusal.problem}; nothing was changed.`);
}

/** Most problems a refusal lists. */
const DETAILS_MAX = 20;

function refuseAll(refusals: readonly TriageRefusal[]): void {
  const [first] = refusals;
  if (first === undefined) return;
  throw new Refusal(first.code, `${first.problem}; nothing was changed.`, {
    details: refusals.slice(0, DETAILS_MAX).map(({ problem }) => ({ path: 'body.announcements', problem })),
  });
}

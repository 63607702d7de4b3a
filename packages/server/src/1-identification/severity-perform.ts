import type { SeverityCampaign, SeverityOutcome } from '@patchsteward/contract';
import type { SaidSeverity } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Actor, Changed, Corridor, Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { readHolders, readLiveFindings } from './fleet-group-store.ts';
import { readKernelParts } from './fleet-parts.ts';
import { REJUDGE_WISH } from './judging.ts';
import { type RowChange, saying as sayingOf, severityMoves } from './severity-moves.ts';
import { findUnheardOf, lockJudgments, readSaid, type SaidRow, storeJudgments } from './severity-store.ts';

/** What a decision of Security is about. */
export interface Saying {
  readonly vulnerabilities: readonly string[];
  /** null: what was said is withdrawn. */
  readonly severity: SaidSeverity['severity'] | null;
  readonly why: string;
}

/** Room 1 does not know campaigns; whoever knows them says what becomes of them, and what must follow. */
export interface CampaignsOfSeverities {
  readonly campaignsAfter: (
    reader: Reader,
    vulnerabilities: readonly string[],
    becomingOf: RowChange,
    now: Instant,
  ) => Promise<SeverityCampaign[]>;
  /** Asks the campaigns again whether they must be faster. */
  readonly follow: (reader: Reader, vulnerabilities: readonly string[]) => Promise<readonly Wish[]>;
}

export interface SeverityTools {
  readonly corridor: Corridor;
  readonly policy: Policy;
  readonly campaigns: CampaignsOfSeverities;
}

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
  readonly person: { readonly login: string; readonly name: string };
}

/** What the lists and the pages show of it. */
export const TOUCHED = ['severities', 'findings', 'updates', 'exposure', 'assets', 'asset', 'overview'] as const;

/** What would come of it; changes nothing. */
export async function previewSaying(
  reader: Reader,
  { campaigns, policy }: Pick<SeverityTools, 'campaigns' | 'policy'>,
  saying: Saying,
  by: Pick<By, 'at'> & { readonly name: string },
): Promise<SeverityOutcome> {
  const { severity, why, vulnerabilities } = saying;
  const said = severity === null ? null : { severity, by: by.name, why, at: by.at };
  return previewChange(reader, { campaigns, policy }, { vulnerabilities, becomingOf: sayingOf(said) }, by.at);
}

/** What would come of any decision over these; changes nothing. */
export async function previewChange(
  reader: Reader,
  { campaigns, policy }: Pick<SeverityTools, 'campaigns' | 'policy'>,
  { vulnerabilities, becomingOf }: { readonly vulnerabilities: readonly string[]; readonly becomingOf: RowChange },
  now: Instant,
): Promise<SeverityOutcome> {
  const ids = distinct(vulnerabilities);
  const findings = await readLiveFindings(reader, ids);
  const moved = severityMoves(findings, await readHolders(reader, ids, await readKernelParts(reader)), becomingOf, {
    policy,
    now,
  });
  const found = new Set(findings.map(({ vulnerability }) => vulnerability));
  return {
    vulnerabilities: ids.length,
    notFound: ids.length - found.size,
    saidBefore: await readSaid(reader, ids),
    ...moved,
    campaigns: await campaigns.campaignsAfter(reader, ids, becomingOf, now),
  };
}

/** Security says it, or takes it back. One entry of the record for each vulnerability: who asks why finds it by its id. */
export async function performSaying(
  tools: SeverityTools,
  saying: Saying & { readonly replace: boolean },
  by: By,
): Promise<SeverityOutcome> {
  const ids = distinct(saying.vulnerabilities);
  return tools.corridor.change(by, async (tx) => {
    await lockJudgments(tx);
    const before = await readSaid(tx, ids);
    await refuseUnlessSayable(tx, ids, saying, before);
    const outcome = await previewSaying(tx, tools, saying, { at: by.at, name: by.person.name });
    await storeJudgments(tx, { ...saying, vulnerabilities: ids, person: by.person, at: by.at });
    const follow = await tools.campaigns.follow(tx, ids);
    return changed(outcome, leavesOf(ids, saying, before), [REJUDGE_WISH, ...follow]);
  });
}

function changed(
  value: SeverityOutcome,
  leaves: Changed<unknown>['leaves'],
  wishes: readonly Wish[],
): Changed<SeverityOutcome> {
  return { value, leaves: leaves ?? [], wishes, touched: TOUCHED };
}

function leavesOf(ids: readonly string[], { severity, why }: Saying, before: readonly SaidRow[]) {
  const saidBefore = new Map(before.map((row) => [row.vulnerability, row.severity]));
  return ids.map((id) => ({
    kind: severity === null ? 'severity.withdrawn' : 'severity.judged',
    subject: id,
    payload: { severity, why, before: saidBefore.get(id) ?? null, together: ids.length },
  }));
}

/** Most problems a refusal lists. */
export const DETAILS_MAX = 20;

async function refuseUnlessSayable(
  tx: Tx,
  ids: readonly string[],
  { severity, replace }: Saying & { readonly replace: boolean },
  before: readonly SaidRow[],
): Promise<void> {
  if (severity === null) return refuseUnsaid(ids, before);
  if (!replace && before.length > 0) {
    throw new Refusal('conflict', 'Security has judged some of these already; nothing was changed.', {
      details: before.slice(0, DETAILS_MAX).map(({ vulnerability, severity: word, by }) => ({
        path: 'body.vulnerabilities',
        problem: `${vulnerability}: ${word}, says ${by}`,
      })),
    });
  }
  const unheardOf = await findUnheardOf(tx, ids);
  if (unheardOf.length === 0) return;
  throw new Refusal('bad-request', 'No advisory of the loaded feeds names some of these; nothing was changed.', {
    details: unheardOf
      .slice(0, DETAILS_MAX)
      .map((id) => ({ path: 'body.vulnerabilities', problem: `${id} is unknown` })),
  });
}

function refuseUnsaid(ids: readonly string[], before: readonly SaidRow[]): void {
  const said = new Set(before.map(({ vulnerability }) => vulnerability));
  const unsaid = ids.filter((id) => !said.has(id));
  if (unsaid.length === 0) return;
  throw new Refusal('conflict', 'Nothing stands to be withdrawn of some of these; nothing was changed.', {
    details: unsaid
      .slice(0, DETAILS_MAX)
      .map((id) => ({ path: 'body.vulnerabilities', problem: `${id} is not judged` })),
  });
}

export function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.trim()))].sort();
}

import { INBOX_NAMES_MAX, type InboxItem } from '@patchsteward/contract';
import { type CampaignState, type OpenDecision, openDecisions, productionOf } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import type { Reader } from '../../platform/database.ts';
import { reasonBody } from '../../platform/http/reason-body.ts';
import { type CampaignPlace, listCampaigns } from '../campaign-store.ts';
import { commandOfDecision } from './command-lines.ts';
import { type Asker, deciderOf, readRollback } from './decider.ts';

/** Each carries its whole scope, so they come in portions. */
const CAMPAIGNS_PER_READ = 50;
/** A thousand source packages in two releases with an open campaign each, and some. */
const CAMPAIGNS_MAX = 3_000;

/** Everything of campaigns that waits for people, seen by one of them. */
export async function readInbox(db: Reader, asker: Asker, policy: Policy, now: Instant): Promise<InboxItem[]> {
  if (asker.login === null) return [];
  const items: InboxItem[] = [];
  let after: CampaignPlace | undefined;
  for (let read = 0; read < CAMPAIGNS_MAX; read += CAMPAIGNS_PER_READ) {
    const rows = await listCampaigns(db, { search: undefined, open: true, after, limit: CAMPAIGNS_PER_READ });
    for (const { state } of rows) {
      const rollback = await readRollback(db, state, asker.root);
      const decisions = openDecisions(state, deciderOf(asker, state), { now, policy, rollback });
      items.push(...decisions.map((decision) => itemOf(decision, state, asker, now)));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < CAMPAIGNS_PER_READ) break;
    after = [last.ended, last.openedAt, last.id];
  }
  return items;
}

export function inOrder(items: readonly InboxItem[]): InboxItem[] {
  return [...items].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** What is needed first comes first. What has no term comes last; ids begin with the time, so that what is older comes first among equals. */
export function placeOf({ by, due, id }: Pick<InboxItem, 'by' | 'due' | 'id'>): string {
  return `${by ?? due ?? '9999'} ${id}`;
}

function itemOf(decision: OpenDecision, state: CampaignState, { root }: Asker, now: Instant): InboxItem {
  const { kind, plan, waiting, as, barred } = decision;
  const { id, title, lane, due } = state;
  const concerned = concernedBy(decision, state);
  const names = concerned.map(({ name }) => name).sort();
  const by = waiting.by ?? due;
  return {
    id: `${id}:${kind}`,
    kind,
    campaign: id,
    exception: null,
    title,
    lane,
    due: timeOf(due),
    by: timeOf(by),
    late: by !== null && by < now,
    plan,
    hosts: concerned.length,
    hostNames: names.slice(0, INBOX_NAMES_MAX),
    as: [...as],
    waiting: reasonBody(waiting),
    barred: barred === null ? null : reasonBody(rootless(barred, root !== null)),
    command: commandOfDecision(kind, { campaign: id, plan, hosts: names, owner: as.includes('owner') }),
  };
}

/** Test ring and production are decided on apart. // SOP P3.1 */
function concernedBy({ kind, assets }: OpenDecision, state: CampaignState): CampaignState['assets'] {
  if (assets.length > 0) return state.assets.filter(({ assetId }) => assets.includes(assetId));
  const production = productionOf(state);
  if (kind === 'sign-test') return state.assets.filter((asset) => !production.includes(asset));
  return kind === 'approve' || kind === 'request-change' ? production : state.assets;
}

/** Before there is a root at all, nobody has a key in it. */
export function rootless(reason: Reason, hasRoot: boolean): Reason {
  return reason.code === 'key-not-in-root' && !hasRoot ? reasonOf('no-trust-root', reason.subject) : reason;
}

function timeOf(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

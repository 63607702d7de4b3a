import { type JobState, outcomeOf, troubleOf } from '../job/index.ts';
import type { Interval, Leaf, LeftOut } from '../plan/index.ts';
import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';
import { productionOf } from './guards/case.ts';
import { isEnd } from './room-of.ts';
import type { CampaignState } from './state.ts';

/** A host of production that was offline, refused, had no window or missed its span: not failed, and not done. */
export interface Straggler {
  readonly assetId: string;
  readonly name: string;
  readonly reasons: readonly Reason[];
  /** The next span of its signed work order; null: it has none left. */
  readonly next: Interval | null;
  /** `next-campaign`: its updates stay offered, and are proposed again once no open campaign has them. */
  readonly takenUp: 'this-plan' | 'next-campaign';
}

export interface StragglerFacts {
  readonly campaign: CampaignState;
  /** Of the plan that counts now. */
  readonly leaves: readonly Pick<Leaf, 'assetId' | 'intervals' | 'wave'>[];
  readonly jobs: readonly { readonly job: JobState; readonly seenAt: Instant | null; readonly forked: boolean }[];
  /** What the planner said of hosts that it left out. */
  readonly leftOut: readonly LeftOut[];
  /** A host that has not reported for so long, while there is work for it, is silent. */
  readonly silenceMs: number;
}

/**
 * Who lags behind, and what becomes of each: a host with spans left starts in the next of them by the plan that is signed
 * already, the others go into another campaign. Nobody is dropped in silence. // rollout-and-trust §2.4, L4
 */
export function stragglersOf(facts: StragglerFacts, now: Instant): Straggler[] {
  const { campaign, leaves, leftOut } = facts;
  if (campaign.plan === null) return [];
  const orders = new Map(leaves.map((leaf) => [leaf.assetId, leaf]));
  const said = new Map(leftOut.map(({ assetId, reasons }) => [assetId, reasons]));
  return productionOf(campaign).flatMap(({ assetId, name }): Straggler[] => {
    const leaf = orders.get(assetId);
    if (leaf !== undefined) return lagging({ ...facts, name, leaf }, now);
    // A host that has everything already is asked nothing, and the planner says nothing of it.
    const reasons = said.get(assetId);
    return reasons === undefined ? [] : [{ assetId, name, reasons, next: null, takenUp: 'next-campaign' }];
  });
}

interface Lagging extends StragglerFacts {
  readonly name: string;
  readonly leaf: StragglerFacts['leaves'][number];
}

function lagging({ campaign, jobs, silenceMs, name, leaf }: Lagging, now: Instant): Straggler[] {
  const { assetId, intervals, wave } = leaf;
  const found = jobs.find(({ job }) => job.assetId === assetId);
  const [main] = intervals;
  if (found === undefined || main === undefined) return [];
  const { job } = found;
  const outcome = outcomeOf(job);
  const missed = outcome === 'running' && job.slot === null && now >= main.until;
  if (!missed && outcome !== 'unreached') return [];
  const next = missed && !isEnd(campaign.name) ? (intervals.find(({ until }) => until > now) ?? null) : null;
  const isOpen = campaign.waves.some((one) => one.wave === wave);
  const reasons = [
    ...troubles({ ...found, name, silenceMs }, now),
    // Earlier waves took longer than was planned: the host itself is not to blame.
    ...(isOpen ? [] : [reasonOf('wave-not-open', String(wave))]),
    next === null ? reasonOf('window-over', name) : reasonOf('window-not-open', name, Math.max(next.from, now)),
  ];
  return [{ assetId, name, reasons, next, takenUp: next === null ? 'next-campaign' : 'this-plan' }];
}

/** What the host said last, also where its work order has ended over it. */
function troubles(
  { name, job, silenceMs, ...watched }: StragglerFacts['jobs'][number] & { name: string; silenceMs: number },
  now: Instant,
): Reason[] {
  const trouble = troubleOf({ host: name, job, ...watched }, { silenceMs, by: now }, now);
  if (trouble !== null) return [reasonOf(trouble.code, trouble.subject)];
  return job.blocked === null ? [] : [reasonOf(job.blocked.reason, name)];
}

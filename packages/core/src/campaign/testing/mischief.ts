import type { SignedBy } from '../../vocabulary/index.ts';
import type { CampaignEvent, CampaignEventKind, EventOf } from '../event.ts';
import type { CampaignState } from '../state.ts';
import type { Dice } from './dice.ts';
import { hashOf, signedBy } from './people.ts';
import type { Proposed } from './proposals.ts';
import { anyone } from './proposals.ts';
import type { World } from './world.ts';

/** The same event with one thing wrong that a careless or hostile sender might get wrong; some of them do no harm. */
export function spoiled({ event, at }: Proposed, state: CampaignState | null, world: World, dice: Dice): Proposed {
  const wrongs: (() => Proposed)[] = [() => ({ event })];
  const wait = at === undefined ? {} : { at };
  const change = (changed: CampaignEvent): void => void wrongs.push(() => ({ event: changed, ...wait }));
  if ('signed' in event) {
    for (const signed of wrongSigners(event, state, dice)) change(signed);
  }
  if ('plan' in event) {
    change({ ...event, plan: dice.any(state?.plansSeen ?? []) ?? hashOf('forged') });
    if (state?.trial.plan) change({ ...event, plan: state.trial.plan });
  }
  if ('expiresAt' in event) {
    change({ ...event, expiresAt: world.now - 1 });
    change({ ...event, expiresAt: world.now + 1e12 });
  }
  for (const changed of wrongFigures(event, world, dice)) change(changed);
  return (dice.any(wrongs) ?? (() => ({ event })))();
}

/** Nobody who should, or one person for two. */
function wrongSigners(
  event: Extract<CampaignEvent, { signed: unknown }>,
  state: CampaignState | null,
  dice: Dice,
): CampaignEvent[] {
  const wrong: SignedBy[] = [anyone(dice), anyone(dice), signedBy(state?.requester ?? 'ada'), signedBy('hal')];
  return wrong.map((one) => withSigner(event, one, dice));
}

function withSigner(event: Extract<CampaignEvent, { signed: unknown }>, one: SignedBy, dice: Dice): CampaignEvent {
  if (!('signed' in event) || !Array.isArray(event.signed)) return { ...event, signed: one } as CampaignEvent;
  // Which of the events with several signatures it is makes no difference here.
  return { ...event, signed: dice.chance(0.5) ? [one] : [one, one] } as CampaignEvent;
}

type Wrong = { readonly [K in CampaignEventKind]?: (event: EventOf<K>, world: World, dice: Dice) => CampaignEvent[] };

const WRONG_FIGURES: Wrong = {
  'notice.sent': (event, { now }) => [{ ...event, elapsesAt: now }],
  'test.deferred': (event, { now }) => [{ ...event, due: now + 1e10 }],
  'backup.checked': (event) => [
    { ...event, missing: [], proofs: event.proofs.slice(1) },
    { ...event, missing: [], proofs: event.proofs.map((proof) => ({ ...proof, waived: true })) },
  ],
  'plan.compiled': (event, { now }) => [{ ...event, notAfter: now - 1 }],
  'wave.opened': (event) => [
    { ...event, wave: event.wave + 1 },
    { ...event, assets: ['front1', 'nobody'] },
    { ...event, assets: [] },
  ],
  'wave.closed': (event) => [
    { ...event, wave: event.wave + 1 },
    { ...event, succeeded: 0, failed: 1 },
    { ...event, succeeded: 0, failed: 2 },
    { ...event, succeeded: 9 },
    { ...event, succeeded: 0, failed: 0 },
  ],
  'host.declared': (event) => [{ ...event, assetId: 'nobody' }],
  'waiver.signed': (event) => [{ ...event, assetId: 'nobody' }],
  'lane.proposed': (event) => [
    { ...event, lane: 'routine', due: event.due + 1e9 },
    { ...event, due: event.due + 1e6 },
  ],
  'lane.set': (event) => [
    { ...event, lane: 'routine', due: event.due + 1e9 },
    { ...event, due: event.due + 1e6 },
  ],
  'window.agreed': (event) => [{ ...event, assets: ['front1', 'front2', 'store1', 'store2'] }],
  'update.seen': (event, _, dice) => [{ ...event, requester: dice.one(['', 'system', 'agent:front1']) }],
};

function wrongFigures(event: CampaignEvent, world: World, dice: Dice): CampaignEvent[] {
  // The compiler does not see that the function under an event's own kind takes that event.
  const wrong = WRONG_FIGURES[event.kind] as
    | ((given: CampaignEvent, of: World, by: Dice) => CampaignEvent[])
    | undefined;
  return wrong?.(event, world, dice) ?? [];
}

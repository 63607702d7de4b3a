import type { Leaf } from '@patchsteward/core/plan';
import { DAY_MS, type SignedBy } from '@patchsteward/core/vocabulary';
import { signatureOf } from '../people/staff.ts';
import type { KeptPlan } from '../store/tables.ts';
import type { SignedOffer } from './authority.ts';
import { tokenHash } from './fleet.ts';
import type { World } from './world.ts';

/** Of what a stolen server hands out, so much is forged. */
const FORGED_SHARE = 0.3;
const GRANT_MS = 600_000;
/** Enough different ones. */
const FORGED_MAX = 1_000_000;

type Forgery = (world: World, offer: SignedOffer) => SignedOffer;

/** Somebody else holds a server: it signs nothing, and says whatever it likes. // rollout §3.1 */
const FORGERIES: readonly [Forgery, ...Forgery[]] = [
  // A plan of its own, with names and without their signatures.
  (world, offer) => ({ ...offer, plan: ownPlan(world, offer), signers: ['ada', 'cem', 'dot'].map(signatureOf) }),
  // The same with the signatures of whoever asked and of one approver whose key is stolen.
  (world, offer) => {
    const plan = ownPlan(world, offer);
    const signers = ['ada', 'dot'].map(signatureOf);
    world.signatures.set(plan.plan, signers);
    return { ...offer, plan, signers };
  },
  // The newest plan, with whatever signatures there are.
  (world, offer) => {
    const plan = newest(world) ?? offer.plan;
    return { ...offer, plan, signers: realSigners(world, plan) };
  },
  // An older plan of the same host, once signed.
  (world, offer) => {
    const plan = world.dice.any([...world.database.tables.plans.values()]) ?? offer.plan;
    return { ...offer, plan, signers: realSigners(world, plan) };
  },
  // The signed plan with other times.
  (_, offer) => ({ ...offer, plan: { ...offer.plan, leaves: offer.plan.leaves.map(atAnyTime) } }),
  // The signed plan with another version to install.
  (_, offer) => ({ ...offer, plan: { ...offer.plan, leaves: offer.plan.leaves.map(withAnother) } }),
];

export function forge(world: World, offer: SignedOffer): SignedOffer {
  if (!world.faults.strikes('server-stolen', FORGED_SHARE)) return offer;
  return world.dice.one(FORGERIES)(world, offer);
}

/** Permission that no ledger knows of; null: it says what the product says. */
export function forgedGrant(world: World): object | null {
  if (!world.faults.strikes('server-stolen', FORGED_SHARE)) return null;
  return { kind: 'granted', grant: world.newId(), startByMs: GRANT_MS };
}

/** Of the same hosts and versions, whenever it likes. */
function ownPlan({ database, dice }: World, { plan }: SignedOffer): KeptPlan {
  const own = { ...plan, plan: tokenHash('forged', dice.below(FORGED_MAX)), leaves: plan.leaves.map(atAnyTime) };
  database.tables.plans.set(own.plan, own);
  return own;
}

function newest({ database }: World): KeptPlan | undefined {
  return [...database.tables.plans.values()].at(-1);
}

function realSigners({ signatures }: World, { plan }: KeptPlan): readonly SignedBy[] {
  return signatures.get(plan) ?? [];
}

function atAnyTime(leaf: Leaf): Leaf {
  return {
    ...leaf,
    intervals: leaf.intervals.map(({ from, until }) => ({ from: from - DAY_MS, until: until + DAY_MS })),
  };
}

function withAnother(leaf: Leaf): Leaf {
  return { ...leaf, changes: leaf.changes.map((change) => ({ ...change, to: '6.6.6' })) };
}

import { type Instant, type Lane, reasonOf } from '../vocabulary/index.ts';
import { ABSORB_APPROVAL } from './absorb-approval.ts';
import { ABSORB_DEPLOYMENT } from './absorb-deployment.ts';
import type { CampaignEvent, CampaignEventKind, EventOf } from './event.ts';
import type { CampaignState } from './state.ts';

/** What an event changes in the values of a campaign; where it leads is the table's. */
export type Absorb<K extends CampaignEventKind> = (
  state: CampaignState,
  event: EventOf<K>,
  at: Instant,
) => Partial<CampaignState>;

type Absorbers = { readonly [K in CampaignEventKind]: Absorb<K> };

const ABSORBERS: Absorbers = {
  'update.seen': () => ({}),
  'update.revised': (_, { note }, at) => ({ revised: { at, note } }),
  'scope.computed': (_, { assets }, at) => ({ assets, scopeAt: at }),
  'lane.proposed': (state, { lane, due, reasons }) => ({ ...laneOf(state, lane), due, laneReasons: reasons }),
  'lane.set': (state, { lane, due }) => ({ ...laneOf(state, lane), due, laneReasons: [] }),
  'risk.assessed': (_, { assessment, signed }) => ({ risk: { assessment, signed } }),
  'auth.verified': (_, { report, files }, at) => ({ authenticity: { kind: 'verified', report, files, at } }),
  'auth.failed': (_, { reasons }, at) => ({ authenticity: { kind: 'failed', reasons, at } }),
  'auth.released': ({ authenticity }, { signed }, at) => ({
    authenticity: {
      kind: 'released',
      reasons: authenticity?.kind === 'failed' ? authenticity.reasons : [],
      signed,
      at,
    },
  }),
  'test.started': ({ trial }, { signed }, at) => ({ trial: { ...trial, started: { signed, at } } }),
  'test.verdict': (state, { result, report, reasons }, at) => ({
    trial: { ...state.trial, ...(result === 'pass' ? paid(state, at) : {}), verdict: { result, report, reasons, at } },
  }),
  'test.accepted': (state, { signed }, at) => ({ trial: { ...state.trial, ...paid(state, at), accepted: signed } }),
  'test.deferred': ({ trial }, { due, signed }) => ({ trial: { ...trial, debt: { due, signed, paidAt: null } } }),
  'backup.checked': (_, { proofs, missing }, at) => ({ backup: { proofs, missing, at } }),
  'waiver.signed': ({ waivers }, event) => {
    const { kind: _, ...waiver } = event;
    return { waivers: [...waivers.filter(({ assetId }) => assetId !== waiver.assetId), waiver] };
  },
  'verdict.recorded': ({ verdicts }, { room, verdict }) => ({ verdicts: { ...verdicts, [room]: verdict } }),
  'timer.fired': () => ({}),
  ...ABSORB_APPROVAL,
  ...ABSORB_DEPLOYMENT,
};

export function absorb(state: CampaignState, event: CampaignEvent, at: Instant): Partial<CampaignState> {
  // The compiler does not see that the function under an event's own kind takes that event.
  const absorber = ABSORBERS[event.kind] as Absorb<CampaignEventKind>;
  return absorber(state, event, at);
}

/** A plan has one lane: while a campaign stands still, a change of lane is kept for the moment it resumes. // decided 9 */
function laneOf(state: CampaignState, lane: Lane): Partial<CampaignState> {
  const stands = state.name === 'paused' || state.name === 'halted';
  if (!stands || state.plan === null || state.lane === lane) return { lane };
  return { lane, outdatedBy: [...state.outdatedBy, reasonOf('lane-raised', state.title)] };
}

function paid({ trial }: CampaignState, at: Instant): Pick<CampaignState['trial'], 'debt'> {
  return { debt: trial.debt === null ? null : { ...trial.debt, paidAt: trial.debt.paidAt ?? at } };
}

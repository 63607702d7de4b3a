import type { Absorb } from './absorb.ts';
import type { CampaignState, Wave } from './state.ts';

/** From the first wave to the last signature under the audit. // SOP P6 P7 */
export const ABSORB_DEPLOYMENT: {
  readonly [K in
    | 'wave.opened'
    | 'wave.closed'
    | 'deployment.done'
    | 'limit.hit'
    | 'invariant.broken'
    | 'halt'
    | 'resume'
    | 'rollback.requested'
    | 'rollback.completed'
    | 'host.declared'
    | 'soak.verdict'
    | 'rescan.done'
    | 'audit.signed'
    | 'campaign.withdrawn'
    | 'campaign.superseded'
    | 'mitigation.applied'
    | 'mitigation.expired']: Absorb<K>;
} = {
  'wave.opened': ({ waves }, { wave, assets }, at) => ({
    deployed: true,
    waves: [...waves, { wave, assets, openedAt: at, closed: null }],
  }),
  'wave.closed': ({ waves }, { wave, succeeded, failed }, at) => ({
    waves: waves.map((one) => (one.wave === wave ? { ...one, closed: { at, succeeded, failed } } : one)),
  }),
  'deployment.done': (state, { succeeded, failed }, at) => takenUpAgain(state, { at, succeeded, failed }),
  'limit.hit': () => ({}),
  'invariant.broken': () => ({}),
  halt: () => ({}),
  resume: ({ name }, _, at) => (name === 'halted' ? { halt: null, resumedAt: at } : { pause: null, resumedAt: at }),
  'rollback.requested': (_, { signed, why }, at) => ({ rollback: { why, at, signed }, pause: null, halt: null }),
  'rollback.completed': (_, { assets, failed }) => ({ rolledBack: { assets, failed } }),
  'host.declared': ({ declared }, event, at) => {
    const { kind: _, ...declaration } = event;
    return { declared: [...declared, { ...declaration, at }] };
  },
  'soak.verdict': (_, { result, report }, at) => ({ soak: { result, report, at } }),
  'rescan.done': (_, { clean, remaining, report }, at) => ({ rescan: { clean, remaining, report, at } }),
  'audit.signed': ({ audits, dispositions }, event) => ({
    audits: [...audits, event.signed],
    dispositions: [...dispositions, ...event.dispositions],
  }),
  'campaign.withdrawn': (_, { why }) => ({ end: { why, until: null } }),
  'campaign.superseded': (_, { by }) => ({ end: { why: by, until: null } }),
  'mitigation.applied': (_, { expiresAt }) => ({ end: { why: 'mitigated', until: expiresAt } }),
  'mitigation.expired': () => ({}),
};

/** What was carried out is watched under the plan that people signed for it. */
function takenUpAgain(
  { carried, stalePlans }: CampaignState,
  closed: NonNullable<Wave['closed']>,
): Partial<CampaignState> {
  if (carried === null || carried === undefined) return {};
  return {
    ...carried,
    waves: carried.waves.map((wave) => (wave.closed === null ? { ...wave, closed } : wave)),
    stalePlans: stalePlans.filter((hash) => hash !== carried.plan.hash),
    outdatedBy: [],
    carried: null,
  };
}

import type { CampaignEventKind } from '../event.ts';
import type { CampaignState } from '../state.ts';
import { CAMPAIGN_ENDS, CAMPAIGN_STATES, type CampaignStateName } from '../state-name.ts';
import { CAMPAIGN_TABLE } from '../table.ts';
import type { Dice } from './dice.ts';
import { nextInTest, nextKind, owesTest } from './progress.ts';

/** What an order dwells on: without it, states far from the way would hardly be seen. */
export interface Style {
  /** The state in which most of what happens is beside the way; null: everywhere the same. */
  readonly focus: CampaignStateName | null;
  /** Whether the campaign goes ahead before its test. */
  readonly debt: boolean;
  /** Whether hosts do most of what happens. */
  readonly jobs: boolean;
  /** Whether a campaign that deployed a part goes back to before its plan. */
  readonly back: boolean;
}

const OWING: readonly CampaignStateName[] = [
  'tested',
  'backed-up',
  'planned',
  'approved',
  'scheduled',
  'deploying',
  'monitoring',
  'audited',
];
/** States far from the way, and those with most lines in the table, are dwelt on more. */
const FOCI = [
  ...CAMPAIGN_STATES,
  ...OWING,
  ...OWING,
  ...OWING,
  'backed-up',
  'backed-up',
  'backed-up',
  'scheduled',
  'backed-up',
  'scheduled',
  'approved',
  'scheduled',
  'scheduled',
  'paused',
  'paused',
  'paused',
  'paused',
  'halted',
  'halted',
  'halted',
  'halted',
  'quarantined',
  'quarantined',
  'replanning',
  'rolling-back',
  'rolling-back',
  'rolling-back',
  'approved',
  'deploying',
  'identified',
  'planned',
  'planned',
  'halted',
  'scheduled',
  'scheduled',
  'paused',
  'quarantined',
  'identified',
  'scheduled',
  'scheduled',
  'backed-up',
  'planned',
  'evaluated',
  'evaluated',
  'planned',
  'planned',
  'approved',
  'approved',
  'deploying',
  'rolling-back',
  'mitigated',
  'risk-accepted',
] as const satisfies readonly CampaignStateName[];

/**
 * Every kind that the table lists for a state: once for itself and once for each line, since a kind with several lines
 * has more to show.
 */
const KINDS_IN: ReadonlyMap<string, readonly CampaignEventKind[]> = new Map(
  [...CAMPAIGN_STATES, ...CAMPAIGN_ENDS].map((name) => {
    const lines = CAMPAIGN_TABLE.filter(({ from }) => from.includes(name)).map(({ on }) => on);
    return [name, [...new Set(lines), ...lines]];
  }),
);

export function styleOf(dice: Dice): Style {
  if (dice.chance(0.06)) return { focus: null, debt: false, jobs: true, back: false };
  if (dice.chance(0.06)) return { focus: null, debt: false, jobs: false, back: dice.chance(0.2) };
  const focus = dice.any(FOCI) ?? 'planned';
  return { focus, debt: OWING.includes(focus) && dice.chance(0.65), jobs: false, back: false };
}

export function kindFor(state: CampaignState, style: Style, now: number, dice: Dice): CampaignEventKind | null {
  const onward = nextKind(state, now, dice);
  const back = style.back && state.deployed ? BACK[state.name]?.(state) : undefined;
  if (back !== undefined) return back;
  if (style.focus === null)
    return dice.chance(style.jobs || style.back ? 0.97 : 0.68) ? onward : listed(state, now, dice);
  if (state.name === style.focus) {
    if (style.debt && owesTest(state) && dice.chance(0.75)) return nextInTest(state, dice);
    return dice.chance(0.17) ? onward : listed(state, now, dice);
  }
  return DETOURS[style.focus]?.(state.name, dice) ?? (dice.chance(0.96) ? onward : listed(state, now, dice));
}

function listed(state: CampaignState, now: number, dice: Dice): CampaignEventKind | null {
  return dice.any(KINDS_IN.get(state.name) ?? []) ?? nextKind(state, now, dice);
}

/** What leads from a first wave to a plan that is thrown away, and from the next one to files that are verified again. */
const BACK: { readonly [name in CampaignStateName]?: (state: CampaignState) => CampaignEventKind } = {
  deploying: () => 'halt',
  halted: ({ outdatedBy }) => (outdatedBy.length === 0 ? 'plan.stale' : 'resume'),
  replanning: () => 'plan.compiled',
  planned: () => 'auth.failed',
};

type Detour = (name: CampaignStateName, dice: Dice) => CampaignEventKind | null;

/** What leads off the way into a state beside it. */
const DETOURS: { readonly [name in CampaignStateName]?: Detour } = {
  halted: (_, dice) => (dice.chance(0.08) ? 'halt' : null),
  paused: (name, dice) => {
    if (name === 'approved' || name === 'scheduled') return dice.chance(0.3) ? 'approval.revoked' : null;
    return (name === 'deploying' || name === 'monitoring') && dice.chance(0.3) ? 'limit.hit' : null;
  },
  quarantined: (name, dice) => (name === 'evaluated' && dice.chance(0.7) ? 'auth.failed' : null),
  replanning: (name, dice) => (name === 'planned' && dice.chance(0.4) ? 'plan.stale' : null),
  'rolling-back': (name, dice) => (name === 'deploying' && dice.chance(0.4) ? 'rollback.requested' : null),
  mitigated: (name, dice) => {
    if (name === 'evaluated') return dice.chance(0.3) ? 'mitigation.applied' : null;
    return name === 'authentic' ? 'mitigation.applied' : null;
  },
  'risk-accepted': (_, dice) => (dice.chance(0.1) ? 'risk.accepted' : null),
};

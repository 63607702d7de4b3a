import { type Instant, instantText, type Reason, type Role, sentenceOf, type Verdict } from '../vocabulary/index.ts';
import { isEnd, standsIn } from './room-of.ts';
import type { CampaignState } from './state.ts';
import { type ExplainContext, waitingFor } from './waiting-for.ts';

export interface Explanation {
  /** What it waits for, who can clear it, by when. */
  readonly sentence: string;
  /** All of them, the first being the one that the sentence speaks of. */
  readonly reasons: readonly Reason[];
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  it: 'IT',
  owner: 'an owner',
  change: 'Change Management',
  security: 'Security',
  admin: 'an administrator',
  auditor: 'an auditor',
};

const FINISHED: Readonly<Record<string, string>> = {
  completed: 'is completed',
  'completed-with-exceptions': 'is completed, with exceptions that its audit explains',
  'rolled-back': 'was rolled back',
  rejected: 'was rejected',
  withdrawn: 'was withdrawn',
  superseded: 'was superseded',
  'not-applicable': 'concerns no asset',
};

/**
 * Why a campaign is where it is. A fresh answer of its room says it best, then the room's last one in this state, then
 * what the campaign itself knows; while it stands still only what stopped it counts. // §2.8 L4
 */
export function explain(
  state: CampaignState,
  context: ExplainContext,
  verdict: Verdict<unknown> | null = null,
): Explanation {
  const own = waitingFor(state, context);
  const [first] = own;
  if (first === undefined) return { sentence: finished(state), reasons: [] };
  const stands = state.name === 'paused' || state.name === 'halted' || isEnd(state.name);
  const told = stands ? [] : reasonsOf(verdict ?? state.verdicts[standsIn(state)] ?? null);
  const reasons = (told.length > 0 ? told : own).map((reason) => withName(reason, state));
  return { sentence: sentence(reasons[0] ?? first, reasons.length - 1, state.due), reasons };
}

/** Rooms and planner speak of ids; whoever reads the sentence knows hosts and campaigns by their names. */
function withName(reason: Reason, { id, title, assets }: CampaignState): Reason {
  const asset = assets.find(({ assetId }) => assetId === reason.subject);
  if (asset !== undefined) return { ...reason, subject: asset.name };
  return reason.subject === id ? { ...reason, subject: title } : reason;
}

function reasonsOf(verdict: Verdict<unknown> | null): readonly Reason[] {
  if (verdict === null || verdict.kind === 'proceed') return [];
  return verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy;
}

function sentence(reason: Reason, others: number, due: Instant | null): string {
  const what = sentenceOf(reason).replace(/\.$/, '');
  const more = others === 0 ? '' : ` (and ${others} more)`;
  const by = reason.by ?? due;
  const when = by === null ? '' : `, by ${instantText(by)}`;
  return `${what}${more}: ${who(reason)}${when}.`;
}

function who({ clearableBy }: Reason): string {
  const people = clearableBy.flatMap((role) => (role === 'system' ? [] : [ROLE_NAMES[role]]));
  if (people.length === 0) return 'it clears by itself';
  const all = people.length === 1 ? people.join('') : `${people.slice(0, -1).join(', ')} or ${people.at(-1)}`;
  return clearableBy.includes('system') ? `it clears by itself, or ${all} can clear it` : `${all} can clear it`;
}

function finished({ title, name, end }: CampaignState): string {
  const why = end === null ? '' : `: ${end.why.replace(/\.$/, '')}`;
  return `${title} ${FINISHED[name] ?? 'is over'}${why}.`;
}

import type { CampaignRoom, ReasonBody } from '@patchsteward/contract';
import { type CampaignState, isEnd, ROOMS, type Room } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { explanationBody } from './body.ts';
import { type Passing, type RecordedEntry, wayOf } from './passings.ts';
import { evidenceOf } from './room-evidence.ts';

/** Who holds which roles, as the newest trust root has it. */
export interface Holder {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
}

interface RoomsFacts {
  readonly state: CampaignState;
  /** Of the campaign itself, in their order. */
  readonly entries: readonly RecordedEntry[];
  readonly holders: readonly Holder[];
  readonly policy: Policy;
  readonly now: Instant;
}

/** A campaign as the seven rooms see it: what was passed and by what, where it stands and why, what is still ahead. */
export function roomsBody(facts: RoomsFacts): CampaignRoom[] {
  const way = wayOf(facts.entries);
  return ROOMS.map((room) => {
    const place = placeOf(room, facts.state, way.room);
    const verdict = verdictOf(place, facts);
    return {
      room,
      place,
      passed: passedBody(way.passed.get(room)),
      verdict,
      evidence: evidenceIn(room, place, facts.state),
      movers: place === 'here' ? moversOf(verdict?.reasons ?? [], facts) : [],
    };
  });
}

function placeOf(room: Room, state: CampaignState, standing: Room | null): CampaignRoom['place'] {
  const own = ROOMS.indexOf(room);
  const here = standing === null ? ROOMS.length : ROOMS.indexOf(standing);
  if (own < here) return 'passed';
  if (own > here) return 'ahead';
  return isEnd(state.name) ? 'ended' : 'here';
}

function verdictOf(place: CampaignRoom['place'], { state, policy, now }: RoomsFacts): CampaignRoom['verdict'] {
  if (place === 'ahead') return null;
  // Whatever a room said before it was passed, this is its last word.
  if (place === 'passed') return { kind: 'proceed', reasons: [] };
  const { verdict, reasons } = explanationBody(state, policy, now);
  return { kind: verdict, reasons };
}

/** The end is told where the campaign stood, and not in the room that its name belongs to. */
function evidenceIn(room: Room, place: CampaignRoom['place'], state: CampaignState): CampaignRoom['evidence'] {
  const own = evidenceOf(state, room).filter(({ kind }) => kind !== 'end');
  const end = place === 'ended' || (place === 'passed' && room === '7-documentation');
  if (!end) return own;
  return [...own, ...evidenceOf(state, '7-documentation').filter(({ kind }) => kind === 'end')];
}

function passedBody(passing: Passing | undefined): CampaignRoom['passed'] {
  if (passing === undefined) return null;
  return { ...passing, at: new Date(passing.at).toISOString() };
}

/** Votes of whoever asked for the change do not count, so that they are not named as somebody who can give them. */
const VOTES: ReadonlySet<string> = new Set(['approval-missing', 'cli-signature-missing']);

function moversOf(reasons: readonly ReasonBody[], { state, holders }: RoomsFacts): CampaignRoom['movers'] {
  const roles = [...new Set(reasons.flatMap(({ clearableBy }) => clearableBy))];
  return roles.map((role) => {
    const votesOnly = reasons.every(({ code, clearableBy }) => !clearableBy.includes(role) || VOTES.has(code));
    return {
      role,
      people: holders
        .filter((holder) => holder.roles.includes(role) && !(votesOnly && holder.login === state.requester))
        .map(({ login, name }) => ({ login, name })),
    };
  });
}

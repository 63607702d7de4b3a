import { type ApprovalRule, unfilledSeats } from '../policy/index.ts';
import { type Instant, type Reason, type Role, reasonOf, type SignedBy } from '../vocabulary/index.ts';

export interface VoteFacts {
  /** What the reasons speak of. */
  readonly subject: string;
  readonly requester: string;
  /** Verified signatures under the current plan. */
  readonly votes: readonly SignedBy[];
}

/** What is still missing under a plan, and from whom. Empty: the quorum is there. // SOP P5, §2.8 S1 S2 */
export function missingVotes({ subject, requester, votes }: VoteFacts, rule: ApprovalRule, by?: Instant): Reason[] {
  const counted = votes.filter(({ person }) => person !== requester);
  const seats = unfilledSeats(counted, rule.seats).map((roles) => missingSeat(subject, roles, by));
  const onTheCommandLine = new Set(counted.filter(({ keyClass }) => keyClass === 'cli').map(({ person }) => person));
  if (onTheCommandLine.size >= rule.cliSignatures) return seats;
  return [...seats, reasonOf('cli-signature-missing', subject, by)];
}

export interface VoteOutlook {
  /** Something that is missing now would not be missing any more. */
  readonly brings: boolean;
  readonly stillMissing: readonly Reason[];
}

/** What one more vote would change. It says nothing about whether that vote may be given. */
export function outlookOf(facts: VoteFacts, rule: ApprovalRule, vote: SignedBy, by?: Instant): VoteOutlook {
  const before = missingVotes(facts, rule, by);
  const stillMissing = missingVotes({ ...facts, votes: [...facts.votes, vote] }, rule, by);
  return { brings: stillMissing.length < before.length, stillMissing };
}

/** Only the roles of the empty seat can clear it. */
function missingSeat(subject: string, roles: readonly Role[], by?: Instant): Reason {
  const reason = reasonOf('approval-missing', `${roles.join(' or ')} for ${subject}`, by);
  return { ...reason, clearableBy: roles };
}

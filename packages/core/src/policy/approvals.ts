import type { Criticality, Lane, Role } from '../vocabulary/index.ts';

/** Roles of which one is enough to sit here. */
export type Seat = readonly Role[];

/** What must be signed beside the requester, who never counts. // SOP P5, decided 26 */
export interface ApprovalRule {
  /** Each is filled by a person of its own, who needs one of its roles. */
  readonly seats: readonly Seat[];
  /** Signatures, among all of them, made by a client that the server did not serve. */
  readonly cliSignatures: number;
}

/** By lane, and by the highest criticality among the assets of the plan. // rollout-and-trust §2.3 */
export type Approvals = Readonly<Record<Lane, Readonly<Record<Criticality, ApprovalRule>>>>;

/** Somebody whose signature was verified, with every role that the trust root gives them. */
export interface Voter {
  readonly person: string;
  readonly roles: readonly Role[];
}

const ROUTINE_LOWER: ApprovalRule = { seats: [['owner', 'change']], cliSignatures: 0 };
const ROUTINE_HIGHER: ApprovalRule = { seats: [['change'], ['owner']], cliSignatures: 1 };

/** The procedure's, and ours where it names none. */
export const DEFAULT_APPROVALS: Approvals = {
  routine: { low: ROUTINE_LOWER, normal: ROUTINE_LOWER, high: ROUTINE_HIGHER, critical: ROUTINE_HIGHER },
  critical: always([['change'], ['security', 'owner']]),
  emergency: always([
    ['security', 'change', 'owner'],
    ['security', 'change', 'owner'],
  ]),
  mitigation: always([['security'], ['owner']]),
};

function always(seats: readonly Seat[]): Readonly<Record<Criticality, ApprovalRule>> {
  const rule = { seats, cliSignatures: 1 };
  return { low: rule, normal: rule, high: rule, critical: rule };
}

/** The seats that these people leave empty; none: the quorum is there. */
export function unfilledSeats(people: readonly Voter[], seats: readonly Seat[]): readonly Seat[] {
  return seating(people, seats).flatMap(({ seat, person }) => (person === null ? [seat] : []));
}

export interface SeatTaken {
  readonly seat: Seat;
  /** Who sits there; null: it is empty. */
  readonly person: string | null;
}

/**
 * Who sits where. People count once, however often they sign and whatever roles they hold, and are seated so that as few
 * seats as possible stay empty.
 */
export function seating(people: readonly Voter[], seats: readonly Seat[]): readonly SeatTaken[] {
  const voters = [...new Map(people.map((voter) => [voter.person, voter])).values()];
  const taken = new Map<Voter, number>();
  for (const index of seats.keys()) fill(index, { seats, voters, taken }, new Set());
  const sitting = new Map([...taken].map(([{ person }, index]) => [index, person]));
  return seats.map((seat, index) => ({ seat, person: sitting.get(index) ?? null }));
}

interface Table {
  readonly seats: readonly Seat[];
  readonly voters: readonly Voter[];
  readonly taken: Map<Voter, number>;
}

/** Whoever sits elsewhere moves if they can: an augmenting path. Ends, for nobody is asked twice. */
function fill(index: number, table: Table, asked: Set<Voter>): boolean {
  const seat = table.seats[index] ?? [];
  for (const voter of table.voters) {
    if (asked.has(voter) || !voter.roles.some((role) => seat.includes(role))) continue;
    asked.add(voter);
    const other = table.taken.get(voter);
    if (other === undefined || fill(other, table, asked)) {
      table.taken.set(voter, index);
      return true;
    }
  }
  return false;
}

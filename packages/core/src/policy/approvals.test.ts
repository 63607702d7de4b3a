import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRITICALITIES, LANES, ROLES } from '../vocabulary/index.ts';
import { DEFAULT_APPROVALS, type Seat, seating, unfilledSeats, type Voter } from './approvals.ts';

const ada: Voter = { person: 'ada', roles: ['change'] };
const ben: Voter = { person: 'ben', roles: ['owner'] };
const cem: Voter = { person: 'cem', roles: ['security'] };
const dot: Voter = { person: 'dot', roles: ['change', 'owner', 'security'] };
const eve: Voter = { person: 'eve', roles: ['it', 'admin', 'auditor'] };

// SOP R2 R3 R4 P5; rollout-and-trust §2.3
describe('the seats of a lane', () => {
  it.each([
    ['routine', 'low', [ben], []],
    ['routine', 'normal', [ada], []],
    ['routine', 'normal', [cem, eve], [['owner', 'change']]],
    ['routine', 'high', [ada], [['owner']]],
    ['routine', 'critical', [ada, ben], []],
    ['critical', 'low', [ada], [['security', 'owner']]],
    ['critical', 'critical', [ada, cem], []],
    ['critical', 'critical', [ben, cem], [['change']]],
    ['emergency', 'low', [ada, ben], []],
    ['emergency', 'critical', [ada], [['security', 'change', 'owner']]],
    ['mitigation', 'normal', [cem, ben], []],
    ['mitigation', 'normal', [cem, ada], [['owner']]],
  ] as const)('%s for %s', (lane, criticality, people, empty) => {
    expect(unfilledSeats(people, DEFAULT_APPROVALS[lane][criticality].seats)).toEqual(empty);
  });

  it.each(LANES.flatMap((lane) => CRITICALITIES.map((level) => [lane, level] as const)))(
    'of %s for %s are never none, and never all of one person',
    (lane, level) => {
      const { seats, cliSignatures } = DEFAULT_APPROVALS[lane][level];

      expect(unfilledSeats([], seats)).toEqual(seats);
      expect(unfilledSeats([dot], seats)).toHaveLength(seats.length - 1);
      expect(cliSignatures).toBe(lane === 'routine' && (level === 'low' || level === 'normal') ? 0 : 1);
    },
  );
});

it('a person who signs twice sits once', () => {
  expect(unfilledSeats([dot, { ...dot }], DEFAULT_APPROVALS.mitigation.low.seats)).toEqual([['owner']]);
});

it('whoever could sit elsewhere makes room', () => {
  expect(unfilledSeats([dot, ada], [['change', 'owner'], ['change']])).toEqual([]);
  expect(unfilledSeats([ada, dot, ben], [['change', 'owner'], ['owner', 'change'], ['security']])).toEqual([]);
});

it('says who sits where, after they made room for each other', () => {
  expect(seating([dot, ada], [['change', 'owner'], ['owner'], ['security']])).toEqual([
    { seat: ['change', 'owner'], person: 'ada' },
    { seat: ['owner'], person: 'dot' },
    { seat: ['security'], person: null },
  ]);
});

const voters = fc.array(
  fc.record({ person: fc.constantFrom('a', 'b', 'c', 'd', 'e'), roles: fc.subarray([...ROLES]) }),
  { maxLength: 5 },
);
const seats = fc.array(fc.subarray([...ROLES], { minLength: 1 }), { maxLength: 4 });

it('as few seats stay empty as any order of people could leave', () => {
  fc.assert(
    fc.property(voters, seats, (people, wanted) => {
      const distinct = [...new Map(people.map((one) => [one.person, one])).values()];

      expect(unfilledSeats(people, wanted)).toHaveLength(wanted.length - mostSeated(wanted, distinct));
    }),
    { numRuns: 500 },
  );
});

/** By trying everything. */
function mostSeated([seat, ...rest]: readonly Seat[], people: readonly Voter[]): number {
  if (seat === undefined) return 0;
  const withSomebody = people
    .filter(({ roles }) => roles.some((role) => seat.includes(role)))
    .map(
      (chosen) =>
        1 +
        mostSeated(
          rest,
          people.filter((one) => one !== chosen),
        ),
    );
  return Math.max(mostSeated(rest, people), ...withSomebody);
}

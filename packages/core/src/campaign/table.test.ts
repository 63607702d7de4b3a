import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { LANES } from '../vocabulary/index.ts';
import { GUARDS } from './guards/index.ts';
import { roomOf } from './room-of.ts';
import { CAMPAIGN_ENDS, CAMPAIGN_STATES, type CampaignStateName, ROOMS } from './state-name.ts';
import { step } from './step.ts';
import { CAMPAIGN_TABLE } from './table.ts';
import { HONEST } from './testing/proposals.ts';
import { START } from './testing/world.ts';

const KINDS = Object.keys(HONEST);
const ALL: readonly CampaignStateName[] = [...CAMPAIGN_STATES, ...CAMPAIGN_ENDS];

describe('the table', () => {
  it('leads into every state and every end', () => {
    expect(ALL.filter((name) => !reached(CAMPAIGN_TABLE).has(name))).toEqual([]);
  });

  it.each(LANES)('does so in the lane %s wherever the lane may go', (lane) => {
    const open = CAMPAIGN_TABLE.filter(({ lanes }) => lanes === undefined || lanes.includes(lane));
    const missing = ALL.filter((name) => !reached(open).has(name));

    expect(missing).toEqual(lane === 'mitigation' ? [] : ['mitigated']);
  });

  it('uses every event, every guard and no other', () => {
    expect([...new Set(CAMPAIGN_TABLE.map(({ on }) => on))].toSorted()).toEqual(KINDS.toSorted());
    const used = CAMPAIGN_TABLE.flatMap(({ when = [], need = [] }) => [...when, ...need]);
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(GUARDS).toSorted());
  });

  it('leads out of every open state, and out of an end only where the end has a term', () => {
    const left = new Set(CAMPAIGN_TABLE.flatMap(({ from, to }) => (to === 'same' ? [] : from)));

    expect(ALL.filter((name) => !left.has(name))).toEqual(
      CAMPAIGN_ENDS.filter((name) => name !== 'risk-accepted' && name !== 'mitigated'),
    );
  });

  it('lists after a line without a condition no further line for the same state and event', () => {
    const lines = CAMPAIGN_TABLE.flatMap(({ from, on, when = [], lanes }, index) =>
      from.map((name) => ({ key: `${name} ${on}`, free: when.length === 0 && lanes === undefined, index })),
    );
    const dead = lines.filter(({ key, index }) =>
      lines.some((one) => one.key === key && one.free && one.index < index),
    );

    expect(dead).toEqual([]);
  });

  it('gives every state a room', () => {
    expect(ALL.filter((name) => !ROOMS.includes(roomOf(name)))).toEqual([]);
  });
});

it.each(KINDS.filter((kind) => kind !== 'update.seen'))('%s before there is a campaign is refused', (kind) => {
  // Only its kind is looked at.
  const event = { kind } as Parameters<typeof step>[1];

  const stepped = step(null, event, { now: START, policy: DEFAULT_POLICY, by: 'system' });
  expect(stepped).toMatchObject({ refused: { code: 'event-not-listed' } });
});

/** By search from nothing. A campaign that goes back was there before, so `back` adds nothing. */
function reached(table: typeof CAMPAIGN_TABLE): Set<string> {
  const seen = new Set<string>(['nothing']);
  for (let before = 0; before < seen.size; ) {
    before = seen.size;
    for (const { from, to } of table) {
      if (to !== 'same' && to !== 'back' && from.some((name) => seen.has(name))) seen.add(to);
    }
  }
  return seen;
}

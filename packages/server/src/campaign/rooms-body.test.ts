import { CampaignRoom } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { describe, expect, test } from 'vitest';
import { type Holder, roomsBody } from './rooms-body.ts';
import { BEGINNING, entriesOf, foldOf, stepsTo } from './testing/states.ts';

const HOLDERS: readonly Holder[] = [
  { login: 'ivy', name: 'Ivy', roles: ['it', 'change'] },
  { login: 'cara', name: 'Cara', roles: ['change'] },
  { login: 'otto', name: 'Otto', roles: ['owner'] },
];
const ENDED = [{ kind: 'campaign.withdrawn', why: 'a newer one is out', vendor: true }, 'withdrawn', 'ivy'] as const;

function rooms(steps: Parameters<typeof entriesOf>[0]) {
  const entries = entriesOf(steps);
  return roomsBody({ state: foldOf(entries), entries, holders: HOLDERS, policy: DEFAULT_POLICY, now: BEGINNING });
}

describe('a campaign room by room', () => {
  test('is seven rooms in their order, and fits the contract', () => {
    const items = rooms(stepsTo('planned'));
    expect(items.map(({ room }) => room[0])).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    for (const item of items) expect(CampaignRoom.parse(item)).toEqual(item);
  });

  test('tells what was passed, where it stands with its reasons, and what is ahead', () => {
    const items = rooms(stepsTo('tested'));
    expect(items.map(({ place }) => place)).toEqual(['passed', 'passed', 'passed', 'here', 'ahead', 'ahead', 'ahead']);
    expect(items.map(({ verdict }) => verdict?.kind ?? null)).toEqual([
      ...['proceed', 'proceed', 'proceed', 'wait'],
      ...[null, null, null],
    ]);
    expect(items[3]?.verdict?.reasons).toMatchObject([{ code: 'backup-not-checked' }]);
    expect(items[2]?.passed).toMatchObject({ event: 'test.verdict', by: 'system' });
  });

  test('names the people who can move it, and never the requester for a vote', () => {
    const here = rooms(stepsTo('planned', ...stepsTo('approved').slice(-3, -1))).find(({ place }) => place === 'here');
    expect(here?.room).toBe('5-approval');
    const change = here?.movers.find(({ role }) => role === 'change');
    expect(change?.people.map(({ login }) => login)).toEqual(['cara']);
  });

  test('names nobody where it is not', () => {
    expect(rooms(stepsTo('planned')).filter(({ place, movers }) => place !== 'here' && movers.length > 0)).toEqual([]);
  });

  test('tells an end in the room where it happened', () => {
    const items = rooms(stepsTo('planned', ENDED));
    expect(items.map(({ place }) => place).slice(3, 6)).toEqual(['passed', 'ended', 'ahead']);
    expect(items[4]?.verdict?.kind).toBe('ended');
    expect(items[4]?.evidence.at(-1)).toMatchObject({ kind: 'end', state: 'withdrawn' });
    expect(items[6]?.evidence).toEqual([]);
  });
});

import type { CampaignSummary } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { filtered, inRooms } from './board-filter.ts';
import { matchingAssets } from './scope.ts';

const ADA = { login: 'ada', roles: ['security' as const] };

function campaign(id: string, members: Partial<CampaignSummary> = {}): CampaignSummary {
  return {
    ...{
      id,
      title: id,
      state: 'planned',
      room: '5-approval',
      lane: 'critical',
      due: null,
      late: false,
      cannotBeMet: false,
    },
    ...{ requester: 'ivy', assets: 1, ended: false, verdict: 'wait', sentence: '', reasons: [] },
    ...{ openedAt: '2026-11-22T08:00:00.000Z', updatedAt: '2026-11-22T08:00:00.000Z' },
    ...members,
  };
}

const CAMPAIGNS = [
  campaign('own', { requester: 'ada' }),
  campaign('late', { late: true, due: '2026-11-20T08:00:00.000Z', lane: 'routine' }),
  campaign('cannot be met', { cannotBeMet: true, due: '2026-11-24T08:00:00.000Z', lane: 'routine' }),
  campaign('stopped', { verdict: 'stop', due: '2026-11-25T08:00:00.000Z', room: '6-deployment' }),
  campaign('for security', {
    reasons: [{ code: 'approval-missing', subject: 'it', clearableBy: ['security'], by: null, sentence: '' }],
  }),
];

describe('the board shows', () => {
  it.each([
    [{}, ['own', 'late', 'cannot be met', 'stopped', 'for security']],
    [{ lane: 'routine' }, ['late', 'cannot be met']],
    [{ only: 'late' }, ['late', 'cannot be met']],
    [{ only: 'stopped' }, ['stopped']],
    [{ only: 'mine' }, ['own', 'for security']],
    [{ only: 'mine', lane: 'emergency' }, []],
  ] as const)('%j', (filter, ids) => {
    expect(filtered(CAMPAIGNS, filter, ADA).map(({ id }) => id)).toEqual(ids);
  });

  it('nothing of nobody', () => {
    expect(filtered(CAMPAIGNS, { only: 'mine' }, null)).toEqual([]);
  });
});

it('puts campaigns into their rooms, what is due first before', () => {
  const rooms = inRooms(CAMPAIGNS, ['5-approval', '6-deployment', '7-documentation']);

  expect(rooms.map(({ campaigns }) => campaigns.map(({ id }) => id))).toEqual([
    ['late', 'cannot be met', 'for security', 'own'],
    ['stopped'],
    [],
  ]);
});

it.each([
  ['', ['web-1', 'db-1']],
  ['WEB', ['web-1']],
  ['olga 1', ['db-1']],
  ['nobody', []],
])('finds assets by name and owner: %s', (filter, names) => {
  const assets = [
    { id: '1', name: 'web-1', criticality: 'high', environment: 'production', owner: null },
    { id: '2', name: 'db-1', criticality: 'low', environment: 'non-production', owner: 'Olga' },
  ] as const;

  expect(matchingAssets(assets, filter).map(({ name }) => name)).toEqual(names);
});

import type { CampaignRoom, ReasonBody } from '@patchsteward/contract';
import { describe, expect, test } from 'vitest';
import { offersOf, roomOfInterest, wantsDecision } from './acts.ts';

function because(code: string, ...clearableBy: string[]): ReasonBody {
  return { code, subject: 'openssl', clearableBy, by: null, sentence: code };
}

function campaign(state: string, ...reasons: ReasonBody[]) {
  return { state, explanation: { state, room: '', verdict: 'wait', sentence: '', reasons } } as const;
}

function rooms(...places: CampaignRoom['place'][]): CampaignRoom[] {
  const ids = ['1-identification', '2-evaluation', '3-testing'] as const;
  return places.map((place, index) => ({
    ...{ room: ids[index] ?? '3-testing', place, passed: null, verdict: null, evidence: [], movers: [] },
  }));
}

describe('what is offered', () => {
  test.each([
    ['risk-not-assessed', 'risk'],
    ['test-not-started', 'test'],
    ['test-inconclusive', 'accept-test'],
    ['quarantined', 'release'],
    ['change-not-requested', 'request'],
    ['backup-stale', 'waive'],
    ['report-stale', 'declare'],
    ['disposition-missing', 'audit'],
  ])('for %s is to %s', (code, act) => {
    expect(offersOf(campaign('identified', because(code, 'it', 'system')))).toEqual([{ act, roles: ['it'] }]);
  });

  test('is nothing where time or machines clear it', () => {
    expect(offersOf(campaign('approved', because('notice-running', 'system')))).toEqual([]);
  });

  test('is each thing once', () => {
    const missing = ['a', 'b', 'c'].map(() => because('backup-missing', 'it', 'owner'));
    expect(offersOf(campaign('tested', ...missing))).toEqual([{ act: 'waive', roles: ['it', 'owner'] }]);
  });

  test.each(['paused', 'halted'])('for a %s campaign is to go on, whatever stopped it', (state) => {
    const reasons = [because('failures-alike', 'change'), because('failure-limit', 'change', 'security')];
    expect(offersOf(campaign(state, ...reasons))).toEqual([{ act: 'resume', roles: ['change', 'security'] }]);
  });
});

test.each([
  ['approval-missing', true],
  ['window-not-agreed', true],
  ['change-not-requested', false],
])('%s is cleared where plans are decided on: %s', (code, wanted) => {
  expect(wantsDecision(campaign('planned', because(code)))).toBe(wanted);
});

test.each([
  [['passed', 'here', 'ahead'], '2-evaluation'],
  [['passed', 'passed', 'ended'], '3-testing'],
  [['passed', 'passed', 'passed'], '7-documentation'],
] as const)('of %j the open room is %s', (places, room) => {
  expect(roomOfInterest(rooms(...places))).toBe(room);
});

import type { CycleRuleBody, MaintenancePlan } from '@patchsteward/contract';
import { expect, it, test } from 'vitest';
import { cycleWords, MONTHS, type PlanDraft, planChange, planDraft, planProblem } from './plan-draft.ts';

const PLAN: MaintenancePlan = {
  ...{ name: 'servers', version: 4, groups: ['days', 'nights'], zone: 'Europe/Berlin', leadDays: 7, opensAt: '09:00' },
  rule: { kind: 'monthly', nth: 'last', weekday: 'fri', offsetDays: -3, months: [1, 7] },
  ...{ asked: ['ivy', 'sam'], assets: 3, paused: null, next: [], waiting: null },
};
const DRAFT: PlanDraft = { ...planDraft(undefined, 'UTC'), name: 'servers', groups: ['nights'] };

it.each<[CycleRuleBody]>([
  [PLAN.rule],
  [{ kind: 'weekly', weekday: 'mon' }],
  [{ kind: 'announced', dates: ['2026-12-12', '2027-02-13'] }],
])('a plan that is not changed in its form is sent as it was: %j', (rule) => {
  const { version, groups, zone, leadDays, opensAt, asked } = PLAN;

  const sent = planChange(version, planDraft({ ...PLAN, rule }, 'UTC'));

  expect(sent).toEqual({ version, groups, rule, zone, leadDays, opensAt, asked });
});

test('a new plan comes on every second Tuesday, and asks a week before', () => {
  expect(planChange(0, planDraft(undefined, 'Asia/Tokyo'))).toEqual({
    ...{ version: 0, groups: [], zone: 'Asia/Tokyo', leadDays: 7, opensAt: '09:00', asked: [] },
    rule: { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, months: MONTHS },
  });
});

it.each<[string, Partial<PlanDraft>, boolean]>([
  ['is right', {}, true],
  ['has no name', { name: '' }, false],
  ['has a name that is none', { name: 'My plan' }, false],
  ['has no group', { groups: [] }, false],
  ['has no month', { months: [] }, false],
  ['is a month off', { offsetDays: '28' }, false],
  ['is off by a word', { offsetDays: 'few' }, false],
  ['has announced days', { kind: 'announced', dates: '2026-12-12 2027-02-13' }, true],
  ['has no announced day', { kind: 'announced', dates: ' ' }, false],
  ['has a day that is none', { kind: 'announced', dates: '12.12.2026' }, false],
  ['comes every week without months', { kind: 'weekly', months: [] }, true],
  ['has no zone', { zone: ' ' }, false],
  ['opens a month before', { leadDays: '28' }, false],
  ['opens half a day before', { leadDays: '0.5' }, false],
  ['opens at no time', { opensAt: '' }, false],
])('a plan that %s', (_, change, isRight) => {
  expect(planProblem({ ...DRAFT, ...change }) === null).toBe(isRight);
});

it.each<[CycleRuleBody, string]>([
  [{ kind: 'weekly', weekday: 'mon' }, 'Every Monday'],
  [{ kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, months: [...MONTHS] }, 'Second Tuesday of the month'],
  [
    { kind: 'monthly', nth: 3, weekday: 'tue', offsetDays: 1, months: [1, 4] },
    'Third Tuesday of the month, 1 day later, in Jan, Apr',
  ],
  [{ kind: 'announced', dates: ['2026-12-12'] }, 'On 2026-12-12'],
])('%j is said as %s', (rule, said) => {
  expect(cycleWords(rule)).toBe(said);
});

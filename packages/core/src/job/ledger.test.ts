import { describe, expect, it } from 'vitest';
import { budgetOf, fullGroups, type LedgerEntry, slotOf } from './ledger.ts';
import type { JobState } from './state.ts';
import { stepJob } from './step.ts';
import { granted, job, reported } from './testing/samples.ts';

const front = { name: 'front', members: 3, budget: null };

describe('how many may be down', () => {
  it.each([
    [{ name: 'pair', members: 2, budget: null }, 1],
    [{ name: 'nine', members: 9, budget: null }, 1],
    [{ name: 'farm', members: 50, budget: null }, 5],
    [{ name: 'own', members: 50, budget: 2 }, 2],
    [{ name: 'frozen', members: 5, budget: 0 }, 0],
  ])('%j: %i', (group, budget) => {
    expect(budgetOf(group)).toBe(budget);
  });
});

describe('a place in the ledger', () => {
  it('is taken by the grant and says why', () => {
    expect(slotOf('j1', job())).toBeNull();
    expect(slotOf('j1', granted())).toMatchObject({ job: 'j1', assetId: 'front1', why: 'granted' });
  });

  it.each([
    ['good news', reported('succeeded')],
    ['a rollback that is healthy', reported('rolled-back')],
    ['a grant that is handed back', reported('returned')],
    ['a host that would not start', reported('blocked')],
    ['a person who answers for it', { kind: 'job.declared', as: 'down-accepted', person: 'eve' }],
  ] as const)('is given up for %s', (_, event) => {
    expect(slotOf('j1', after(granted(), event))).toBeNull();
  });

  it.each([
    ['silence', { kind: 'job.silent' }, 'unknown'],
    ['a failure', reported('failed'), 'failed'],
    ['a rollback under way', reported('rolling-back'), 'rollback'],
    ['a rollback that failed', reported('rollback-failed'), 'failed'],
    ['being told to stop', { kind: 'job.canceled', why: 'halted' }, 'granted'],
  ] as const)('is not given up for %s', (_, event, why) => {
    expect(slotOf('j1', after(granted(), event))).toMatchObject({ why });
  });

  it('is not given up for time: a term is no news', () => {
    expect(stepJob(granted(), { kind: 'job.expired' }, 9e12)).toMatchObject({ refused: { code: 'grant-outstanding' } });
  });

  it('is taken again by the next grant, whatever a person said of the one before', () => {
    const declared = after(granted(), { kind: 'job.declared', as: 'up-verified', person: 'eve' });
    const again = after(after(declared, reported('returned', 9)), { kind: 'job.granted', grant: 'g2', startBy: 9 });

    expect(slotOf('j1', after(again, reported('installing', 10)))).toMatchObject({ why: 'granted' });
  });
});

describe('a host may go down', () => {
  const entry = (assetId: string, group: string): LedgerEntry => ({
    job: `j-${assetId}`,
    assetId,
    groups: [group],
    since: 0,
    why: 'unknown',
  });

  it.each([
    ['where nobody is', [], []],
    ['where another group has somebody down', [entry('store1', 'store')], []],
    ['where only it counts already', [entry('front1', 'front')], []],
    ['not where another member is', [entry('front2', 'front')], ['front']],
  ] as const)('%s', (_, ledger, full) => {
    const reasons = fullGroups({ assetId: 'front1', groups: [front] }, ledger);

    expect(reasons.map(({ code, subject }) => [code, subject])).toEqual(
      full.map((name) => ['group-budget-taken', name]),
    );
  });

  it('only if each of its groups allows it', () => {
    const groups = [front, { name: 'all', members: 6, budget: 2 }];
    const ledger = [entry('a', 'all'), entry('b', 'all')];

    expect(fullGroups({ assetId: 'front1', groups }, ledger).map(({ subject }) => subject)).toEqual(['all']);
  });
});

function after(state: JobState, event: Parameters<typeof stepJob>[1]): JobState {
  const stepped = stepJob(state, event, 5);
  if ('refused' in stepped) throw new Error(stepped.refused.code);
  return stepped.state;
}

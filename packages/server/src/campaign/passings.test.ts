import type { Room } from '@patchsteward/core/campaign';
import { describe, expect, test } from 'vitest';
import { wayOf } from './passings.ts';
import { BEGINNING, entriesOf, signed, stepsTo } from './testing/states.ts';

const stale = [{ kind: 'plan.stale', reasons: [] }, 'replanning'] as const;
const WITHDRAWN = [{ kind: 'campaign.withdrawn', why: 'no', vendor: false }, 'withdrawn', 'ivy'] as const;
const AUDITED = [
  {
    kind: 'audit.signed',
    signed: signed('sam', 'security'),
    dispositions: [],
  },
  'completed',
  'sam',
] as const;

describe('the way of a campaign', () => {
  test.each<[string, Parameters<typeof wayOf>[0], Room | null, number]>([
    ['that began stands in evaluation', entriesOf(stepsTo('identified')), '2-evaluation', 1],
    ['whose test passed stands before the backup', entriesOf(stepsTo('tested')), '4-backup', 3],
    ['that deploys', entriesOf(stepsTo('deploying')), '6-deployment', 5],
    ['that needs another plan goes back', entriesOf(stepsTo('deploying', stale)), '5-approval', 4],
    ['that was withdrawn ended where it stood', entriesOf(stepsTo('planned', WITHDRAWN)), '5-approval', 4],
    ['that is completed went through all', entriesOf(stepsTo('audited', AUDITED)), null, 7],
    ['without events', [], '1-identification', 0],
  ])('of one %s', (_, entries, room, passed) => {
    const way = wayOf(entries);
    expect(way.room).toBe(room);
    expect(way.passed.size).toBe(passed);
  });

  test('names the event, the person and the entry of the record that led out of a room', () => {
    const { passed } = wayOf(entriesOf(stepsTo('evaluated')));
    expect(passed.get('2-evaluation')).toEqual({
      at: BEGINNING + 3 * 60_000,
      event: 'risk.assessed',
      by: 'ivy',
      leaf: '01890000-0000-7000-8000-000000000003',
    });
  });

  test('passes a room again after it went back, with the newer event', () => {
    const again = [{ kind: 'notice.elapsed' }, 'scheduled'] as const;
    const { passed } = wayOf(entriesOf(stepsTo('deploying', stale, again)));
    expect(passed.get('5-approval')).toMatchObject({ event: 'notice.elapsed' });
    expect(passed.get('4-backup')).toMatchObject({ event: 'backup.checked' });
  });
});

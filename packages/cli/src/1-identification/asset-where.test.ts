import { describe, expect, test } from 'vitest';
import { filterOf } from './asset-where.ts';

describe('--where', () => {
  test.each([
    [[], undefined, {}],
    [['criticality=high,critical', 'stale=yes'], undefined, { criticality: 'high,critical', stale: 'yes' }],
    [['maintenance-group=sunday'], 'web', { search: 'web', maintenanceGroup: 'sunday' }],
    [['owner=a=b'], undefined, { owner: 'a=b' }],
  ])('%j', (where, search, filter) => {
    expect(filterOf(where, search)).toEqual(filter);
  });

  test.each([
    [['size=1'], /is no filter/],
    [['stale'], /is no filter/],
    [['criticality=huge'], /does not fit: criticality/],
    [['tag='], /does not fit: tag/],
    [['tag=a', 'tag=b'], /names tag twice/],
  ])('%j is wrong usage', (where, problem) => {
    expect(() => filterOf(where)).toThrow(problem);
  });
});

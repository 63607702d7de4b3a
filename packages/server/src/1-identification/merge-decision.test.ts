import { expect, test } from 'vitest';
import type { ListedTarget } from './import-decision.ts';
import { mergedChanges } from './merge-decision.ts';

function target(said: Partial<ListedTarget> = {}): ListedTarget {
  return {
    ...{ id: 'a', name: 'web-1', kind: 'server', criticality: 'normal', exposure: 'unknown', version: 3 },
    ...{ environment: 'unknown', owner: null, role: null, tags: [], ring: false, maintenanceGroup: null },
    ...{ redundancyGroups: [], setByHand: [], origin: 'agent', removed: false },
    ...{ vendor: null, product: null, productVersion: null, build: null },
    ...said,
  };
}

test.each<[string, Partial<ListedTarget>, Partial<ListedTarget>, object]>([
  ['nothing where nobody said anything', {}, {}, {}],
  ['what nobody said of the other', { owner: 'Ada' }, {}, { owner: { before: null, after: 'Ada' } }],
  [
    'not what somebody said of the other',
    { owner: 'Ada', exposure: 'public' },
    { owner: 'Bob', exposure: 'internal' },
    {},
  ],
  ['the tags of both', { tags: ['b'] }, { tags: ['a'] }, { tags: { before: ['a'], after: ['a', 'b'] } }],
  ['no tags that it has', { tags: ['a'] }, { tags: ['a', 'b'] }, {}],
  [
    'how critical it is where a person said so of one alone',
    { criticality: 'high', setByHand: ['criticality'] },
    {},
    { criticality: { before: 'normal', after: 'high' } },
  ],
  ['not how critical nobody said it is', { criticality: 'high' }, {}, {}],
  [
    'not how critical it is where a person said so of the other',
    { criticality: 'high', setByHand: ['criticality'] },
    { criticality: 'low', setByHand: ['criticality'] },
    {},
  ],
])('a merge gives %s', (_, from, into, changes) => {
  expect(mergedChanges(target(from), target(into))).toEqual(changes);
});

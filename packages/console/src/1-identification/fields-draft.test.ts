import { expect, test } from 'vitest';
import { draftOfSet, type FieldsDraft, isIncomplete, setOf } from './fields-draft.ts';

test.each<[FieldsDraft, object]>([
  [{}, {}],
  [
    { criticality: 'high', ring: 'no' },
    { criticality: 'high', ring: false },
  ],
  [
    { owner: ' ', role: ' web ', maintenanceGroup: '' },
    { owner: null, role: 'web', maintenanceGroup: null },
  ],
  [
    { redundancyGroups: 'b, a,, b', tags: '' },
    { redundancyGroups: ['b', 'a'], tags: [] },
  ],
  [
    { addTags: 'x', removeTags: 'y,z' },
    { addTags: ['x'], removeTags: ['y', 'z'] },
  ],
])('%j sets %j', (draft, set) => {
  expect(setOf(draft)).toEqual(set);
});

test('what a rule says stands in its form', () => {
  const set = { criticality: 'low', owner: null, tags: ['a', 'b'], ring: true } as const;

  expect(setOf(draftOfSet({ ...set, tags: [...set.tags] }))).toEqual(set);
});

test.each<[FieldsDraft, string | null]>([
  [{}, 'nothing'],
  [{ addTags: ' , ' }, 'tags'],
  [{ removeTags: 'x' }, null],
  [{ tags: '' }, null],
])('%j is incomplete: %s', (draft, expected) => {
  expect(isIncomplete(draft)).toBe(expected);
});

import { describe, expect, it } from 'vitest';
import { troubleOf } from '../job/index.ts';
import { job } from '../job/testing/samples.ts';
import type { ChecklistItem } from '../plan/index.ts';
import { type FiledItem, missingOf } from './manual.ts';

const CHECKLIST: readonly ChecklistItem[] = [
  { step: 'install', text: 'install', evidence: 'none' },
  { step: 'restart', text: 'reload', evidence: 'note' },
  { step: 'check', text: 'show version', evidence: 'file' },
];
const ALL: readonly FiledItem[] = [
  { item: 0, done: true, note: null, files: 0 },
  { item: 1, done: true, note: 'back after 4 minutes', files: 0 },
  { item: 2, done: true, note: null, files: 1 },
];
const but = (item: number, more: Partial<FiledItem>) =>
  ALL.map((one) => (one.item === item ? { ...one, ...more } : one));

describe('work by hand', () => {
  it.each<[string, readonly FiledItem[], ReturnType<typeof missingOf>]>([
    ['with everything', ALL, []],
    ['in another order', ALL.toReversed(), []],
    ['of nothing', [], [0, 1, 2].map((item) => ({ item, what: 'done' as const }))],
    ['with one item open', but(0, { done: false }), [{ item: 0, what: 'done' }]],
    ['without a note', but(1, { note: null }), [{ item: 1, what: 'note' }]],
    ['with a note of blanks', but(1, { note: '  ' }), [{ item: 1, what: 'note' }]],
    ['without a file', but(2, { files: 0, note: 'it is fine' }), [{ item: 2, what: 'file' }]],
    ['with a file and no tick', but(2, { done: false }), [{ item: 2, what: 'done' }]],
    ['with evidence of an item that is not there', [...ALL, { item: 9, done: true, note: null, files: 0 }], []],
  ])('%s', (_, filed, missing) => {
    expect(missingOf(CHECKLIST, filed)).toEqual(missing);
  });

  it('that nobody takes is told with its person, however long ago a list named the asset', () => {
    const patience = { silenceMs: 1_000, by: 9_000 };
    const watched = { host: 'core-sw-1', seenAt: 0, forked: false };
    const queued = job({ name: 'queued', person: 'ada' });

    expect(troubleOf({ ...watched, job: queued }, patience, 5_000)).toMatchObject({
      ...{ code: 'work-not-taken', subject: 'core-sw-1 (ada)', by: 9_000 },
    });
    const slot = { since: 1, why: 'granted' } as const;
    expect(troubleOf({ ...watched, job: { ...queued, name: 'installing', slot } }, patience, 5_000)).toBeNull();
    expect(
      troubleOf({ ...watched, job: { ...queued, name: 'installing', slot, unknownSince: 4_000 } }, patience, 5_000),
    ).toMatchObject({ code: 'host-silent' });
  });
});

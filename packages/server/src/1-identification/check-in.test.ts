import { expect, test } from 'vitest';
import { decideCheckIn } from './check-in.ts';

const HASHES = { packages: 'sha256:p1', updates: 'sha256:u1', origins: 'sha256:o1', system: 'sha256:s1' };
const COUNTED = { id: 7, countNeeded: false };
const NEW = { id: 8, countNeeded: true };
const ASSESS = { kind: 'assess', key: 'asset:asset-1', payload: { assetId: 'asset-1' } };
const REJUDGE = { kind: 'rejudge', key: 'set:8', payload: { packageSetId: 8 } };

function decide(before: typeof HASHES | undefined, now: typeof HASHES, packageSet: typeof NEW) {
  return decideCheckIn({ assetId: 'asset-1', before, now, packageSet });
}

test('what is as it was leaves nothing', () => {
  expect(decide(HASHES, HASHES, NEW)).toEqual({});
});

test('the first report names every section, and a new set is to be judged', () => {
  const { leaves, wishes } = decide(undefined, HASHES, NEW);

  expect(leaves).toEqual([
    {
      kind: 'inventory.changed',
      subject: 'asset-1',
      payload: {
        sections: {
          packages: { before: null, after: 'sha256:p1' },
          updates: { before: null, after: 'sha256:u1' },
          origins: { before: null, after: 'sha256:o1' },
          system: { before: null, after: 'sha256:s1' },
        },
      },
    },
  ]);
  expect(wishes).toEqual([REJUDGE, ASSESS]);
});

test.each([
  ['other packages, counted before on another host', { packages: 'sha256:p2' }, COUNTED, [ASSESS]],
  ['other packages that nobody had', { packages: 'sha256:p2' }, NEW, [REJUDGE, ASSESS]],
  ['other updates, while the set still waits for its count', { updates: 'sha256:u2' }, NEW, [ASSESS]],
  ['another boot', { system: 'sha256:s2' }, COUNTED, [ASSESS]],
])('%s', (_, change, packageSet, wishes) => {
  const decided = decide(HASHES, { ...HASHES, ...change }, packageSet);

  expect(decided.wishes).toEqual(wishes);
  expect(decided.leaves).toHaveLength(1);
  expect(Object.keys(change)).toEqual(Object.keys(sectionsOf(decided.leaves?.[0]?.payload)));
});

function sectionsOf(payload: unknown): object {
  const sections = typeof payload === 'object' && payload !== null && 'sections' in payload ? payload.sections : {};
  return typeof sections === 'object' && sections !== null ? sections : {};
}

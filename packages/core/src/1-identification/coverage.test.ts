import { expect, it } from 'vitest';
import { indexClaims } from './claim-index.ts';
import { coverage } from './coverage.ts';
import { BOOKWORM, claim } from './testing/samples.ts';

const feeds = indexClaims([
  claim({ scope: 'debian:11' }),
  claim({ scope: 'debian:12' }),
  claim({ scope: 'ubuntu:22.04', feed: 'ubuntu-osv' }),
]).feeds;

it('a release that a feed speaks of is judged', () => {
  expect(coverage({ ecosystem: 'deb', release: BOOKWORM }, feeds)).toEqual({ kind: 'judged', scope: 'debian:12' });
});

it.each([
  ['no feed at all', BOOKWORM, [], 'no-feed'],
  ['a release of which no feed speaks', { ...BOOKWORM, versionId: '13' }, feeds, 'release-not-covered'],
  ['another distribution with the same number', { ...BOOKWORM, id: 'raspbian' }, feeds, 'release-not-covered'],
  ['a release without a version', { ...BOOKWORM, versionId: null }, feeds, 'release-not-covered'],
  ['no feed for a release without a version', { ...BOOKWORM, versionId: null }, [], 'no-feed'],
])('%s is not judged', (_, release, loaded, code) => {
  expect(coverage({ ecosystem: 'deb', release }, loaded)).toMatchObject({
    kind: 'not-judged',
    reason: { code, subject: 'Debian GNU/Linux 12 (bookworm)', clearableBy: ['admin'] },
  });
});

it('a list of components is judged one by one, where there is a feed at all', () => {
  const list = { ecosystem: 'components', release: { ...BOOKWORM, versionId: '13' } } as const;

  expect(coverage(list, feeds)).toEqual({ kind: 'judged', scope: null });
  expect(coverage(list, [])).toMatchObject({ kind: 'not-judged', reason: { code: 'no-feed' } });
});

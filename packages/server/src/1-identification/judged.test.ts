import type { Release } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { judgedOf } from './judged.ts';
import { bookworm } from './testing/reported-host.ts';

const DEBIAN = [{ feed: 'debian-osv', scopes: new Set(['debian:12']) }];
const set = (release: Release) => ({ ecosystem: 'deb', release }) as const;
const COUNTED = { judgedAt: 1, unjudged: 0 };
const alma = { id: 'almalinux', versionId: '9.4', codename: null, prettyName: 'AlmaLinux 9.4' };

it.each([
  ['nothing is loaded', bookworm, [], 'patchsteward feeds fetch debian-osv'],
  ['the release is of another distribution', alma, DEBIAN, 'patchsteward feeds enable almalinux-osv'],
])('where %s, the feed is named, and the command', (_, release, feeds, command) => {
  expect(judgedOf(set(release), feeds, COUNTED)).toMatchObject({
    reason: { sentence: expect.stringContaining(`"${command}"`) },
  });
});

it('a release that no known feed speaks of has no such command', () => {
  const other = { id: 'haiku', versionId: '1', codename: null, prettyName: 'Haiku' };

  expect(JSON.stringify(judgedOf(set(other), DEBIAN, COUNTED))).not.toContain('patchsteward feeds');
  expect(judgedOf(set(bookworm), DEBIAN, COUNTED)).toEqual({ kind: 'judged', unjudgedPackages: 0 });
});

import { expect, test } from 'vitest';
import { parseRepositories } from './repositories.ts';

test.each([
  // As apk itself names them when a copy is missing.
  ['http://dl-cdn.alpinelinux.org/alpine/v3.11/main', 'APKINDEX.70f61090.tar.gz'],
  ['http://dl-cdn.alpinelinux.org/alpine/v3.11/community', 'APKINDEX.ca2fea5b.tar.gz'],
  ['https://dl.bintray.com/php-alpine/v3.9/php-7.3', 'APKINDEX.c13670cc.tar.gz'],
])('the copy of the index of %s is %s', (url, indexName) => {
  expect(parseRepositories(url)).toMatchObject([{ url, indexName, tag: null }]);
});

test('tags, folders, comments, and what is no repository', () => {
  const text = '# x\n@edge  https://a:b@h.example/alpine/edge/main/?k=v\n/srv/local\n\nset mirror=https://x\n';

  expect(parseRepositories(text).map(({ origin, tag }) => [origin, tag])).toEqual([
    ['h.example/alpine/edge main', 'edge'],
    ['/srv local', null],
  ]);
});

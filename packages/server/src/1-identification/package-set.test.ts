import { compareKeys } from '@patchsteward/core/versions';
import { expect, test } from 'vitest';
import { normalizeSet } from './package-set.ts';
import { installed, inventory } from './testing/inventories.ts';

const { packages: set } = inventory({ packages: 0 });

test('packages of one source version are one row, whatever their architecture', () => {
  const normalized = normalizeSet({
    ...set,
    packages: [
      installed({ name: 'libcurl4' }),
      installed({ name: 'curl' }),
      installed({ name: 'libcurl4', architecture: 'i386' }),
    ],
  });

  expect(normalized).toMatchObject({ scope: 'debian:12', packages: 3 });
  expect(normalized.sources).toMatchObject([
    { source: 'curl', version: '7.88.1-10+deb12u5', thirdParty: false, packages: ['curl', 'libcurl4', 'libcurl4'] },
  ]);
});

test('the same source version of a third party is a row of its own', () => {
  const foreign = 'packages.example.org stable/main';
  const normalized = normalizeSet({
    ...set,
    publishers: [...set.publishers, { origin: foreign, publisher: 'Example' }],
    packages: [installed(), installed({ name: 'curl-extra', origins: [foreign] })],
  });

  expect(normalized.sources.map(({ thirdParty, packages }) => [thirdParty, packages])).toEqual([
    [false, ['curl']],
    [true, ['curl-extra']],
  ]);
});

test('a signed kernel is a row of the kernel that it signs', () => {
  const kernel = { name: 'linux-image-6.1.0-40-amd64', source: 'linux-signed-amd64', sourceVersion: '6.1.153+1' };

  const { sources } = normalizeSet({ ...set, packages: [installed(kernel)] });

  expect(sources).toMatchObject([{ source: 'linux', version: '6.1.153-1' }]);
});

test('the keys of versions are in the order of the package manager', () => {
  const versions = ['1.0~rc1-1', '1.0-1', '1.0-1+deb12u1', '1:0.5-1'];

  const keys = versions.map(
    (sourceVersion) => normalizeSet({ ...set, packages: [installed({ sourceVersion })] }).sources[0]?.versionKey,
  );

  for (const [place, key] of keys.slice(1).entries()) {
    expect(compareKeys(keys[place] ?? new Uint8Array(), key ?? new Uint8Array())).toBe(-1);
  }
});

test('rows come in one order, however the host listed its packages', () => {
  const listed = ['b', 'a', 'c'].map((name) => installed({ name, source: name }));

  const one = normalizeSet({ ...set, packages: listed });
  const other = normalizeSet({ ...set, packages: listed.toReversed() });

  expect(one).toEqual(other);
  expect(one.sources.map(({ source }) => source)).toEqual(['a', 'b', 'c']);
});

test('a release without a version keeps its count and no rows: nothing can be judged on it', () => {
  const normalized = normalizeSet({ ...set, release: { ...set.release, versionId: null } });

  expect(normalized).toEqual({ scope: null, packages: 1, sources: [] });
});

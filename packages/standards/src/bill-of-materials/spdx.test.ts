import { expect, it } from 'vitest';
import { isSpdx, readSpdx } from './spdx.ts';

const item = (id: string, purl: string | null, members: Record<string, unknown> = {}) => ({
  SPDXID: id,
  name: id,
  externalRefs:
    purl === null ? [] : [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  ...members,
});
const bill = (packages: readonly unknown[], members: Record<string, unknown> = {}) => ({
  spdxVersion: 'SPDX-2.3',
  packages,
  ...members,
});

it('knows itself', () => {
  expect([bill([]), { spdxVersion: 'SPDX-3.0' }, { bomFormat: 'CycloneDX' }, 7].map(isSpdx)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('reads packages by purl, with the release of the system among them', () => {
  const system = item('os', null, { name: 'alpine', versionInfo: '3.19.1', primaryPackagePurpose: 'OPERATING-SYSTEM' });
  const image = item('image', null);

  const list = readSpdx(
    bill(
      [
        item('a', 'pkg:apk/alpine/libssl3@3.1.4-r5?upstream=openssl'),
        item('b', 'pkg:npm/b', { versionInfo: '1.0.0' }),
        system,
        image,
      ],
      { documentDescribes: ['image'] },
    ),
    null,
  );

  expect(list).toMatchObject({
    components: [
      { type: 'apk', source: { name: 'openssl' }, release: 'alpine:3.19' },
      { type: 'npm', version: '1.0.0', release: null },
    ],
    refused: [],
  });
});

it('takes what a package of the distribution owns as that package seen again', () => {
  const owns = (owner: string, owned: string, comment: string) => ({
    spdxElementId: owner,
    relationshipType: 'OTHER',
    relatedSpdxElement: owned,
    comment,
  });
  const overlap = 'ownership-by-file-overlap: indicates that the parent package claims ownership of a child package';

  const list = readSpdx(
    bill(
      [
        item('deb', 'pkg:deb/debian/mercurial@6.3.2-1?distro=debian-12'),
        item('py', 'pkg:pypi/mercurial@6.3.2'),
        item('own', 'pkg:pypi/own@1.0'),
        item('npm', 'pkg:npm/npm@1.0.0'),
      ],
      {
        relationships: [
          owns('deb', 'py', overlap),
          owns('deb', 'own', 'evident-by: nothing'),
          owns('npm', 'own', overlap),
          7,
        ],
      },
    ),
    null,
  );

  expect(list).toMatchObject({ components: [{ owner: null }, { owner: 'deb' }, { owner: null }, { owner: null }] });
});

it('tells every package without a purl where the document is about several', () => {
  const describes = (id: string) => ({
    spdxElementId: 'SPDXRef-DOCUMENT',
    relationshipType: 'DESCRIBES',
    relatedSpdxElement: id,
  });
  const packages = [item('a', 'pkg:npm/a@1.0.0'), item('b', null), item('c', null)];

  expect(readSpdx(bill(packages, { relationships: [describes('b'), describes('c')] }), null)).toMatchObject({
    refused: [{ entry: 'b' }, { entry: 'c' }],
  });
  expect(readSpdx(bill(packages, { relationships: [describes('b')] }), null)).toMatchObject({
    refused: [{ entry: 'c' }],
  });
});

it.each([
  ['nothing', bill([]), 'it lists no package'],
  [
    'nothing of use',
    bill([item('a', null)]),
    'it lists no package that can be judged (a: it has no purl, so nobody knows what it is)',
  ],
])('refuses %s', (_, document, problem) => {
  expect(readSpdx(document, null)).toBe(problem);
});

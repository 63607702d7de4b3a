import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstalledPackage } from '../vocabulary/index.ts';
import type { Claim } from './claim.ts';
import { identify } from './identify.ts';
import { BOOKWORM, claim, index, installed, packageSet } from './testing/samples.ts';

describe('identify', () => {
  it('does not judge without a feed, or for a release of which none speaks', () => {
    const trixie = packageSet([installed()], { release: { ...BOOKWORM, versionId: '13' } });

    expect(identify(packageSet([installed()]), index())).toMatchObject({ reason: { code: 'no-feed' } });
    expect(identify(trixie, index(claim()))).toMatchObject({ reason: { code: 'release-not-covered' } });
  });

  const version = fc.integer({ min: 1, max: 9 }).map((number) => `${number}.0-1`);
  const anyPackage = fc
    .record({ name: fc.constantFrom('a', 'b', 'c', 'd'), source: fc.constantFrom('x', 'y'), version })
    .map(installed);
  const anyPackages = fc.uniqueArray(anyPackage, { selector: ({ name }) => name, maxLength: 4 });
  const anyClaims = fc.array(
    fc
      .record({
        packageName: fc.constantFrom('x', 'y'),
        fixed: version,
        advisory: fc.constantFrom('A', 'B'),
        vulnerability: fc.constantFrom('V', 'W'),
      })
      .map(claim),
    { minLength: 1, maxLength: 6 },
  );

  const found = (packages: readonly InstalledPackage[], claims: readonly Claim[]) => {
    const answer = identify(packageSet(packages), index(...claims));
    if (answer.kind === 'not-judged') throw new Error('a feed is loaded');
    return answer.findings.map((finding) => `${finding.package} ${finding.vulnerability}`);
  };

  it('adding a package only adds findings', () => {
    fc.assert(
      fc.property(anyPackages, version, anyClaims, (packages, added, claims) => {
        const more = [...packages, installed({ name: 'added', source: 'x', version: added })];

        const before = found(packages, claims);

        expect(found(more, claims).filter((finding) => !finding.startsWith('added '))).toEqual(before);
      }),
    );
  });

  it('raising a version only removes findings, where ranges have an upper bound alone', () => {
    fc.assert(
      fc.property(anyPackages, anyClaims, (packages, claims) => {
        const raised = packages.map((lower) =>
          installed({ ...lower, version: `1:${lower.version}`, sourceVersion: `1:${lower.version}` }),
        );
        const half = packages.map((lower, at) => (at % 2 === 0 ? lower : (raised[at] ?? lower)));

        expect(found(packages, claims)).toEqual(expect.arrayContaining(found(half, claims)));
        expect(found(raised, claims)).toEqual([]);
      }),
    );
  });

  it('judging twice, and judging packages in another order, is judging once', () => {
    fc.assert(
      fc.property(anyPackages, anyClaims, (packages, claims) => {
        const once = found(packages, claims);

        expect(found(packages, [...claims, ...claims])).toEqual(once);
        expect(found([...packages].reverse(), claims)).toEqual(once);
        expect(once).toEqual([...new Set(once)]);
      }),
    );
  });
});

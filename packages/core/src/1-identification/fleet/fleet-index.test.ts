import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../claim.ts';
import { CLAIM_AUTHORITIES, CLAIM_STATUSES } from '../claim.ts';
import { judge } from '../judge.ts';
import { isFinding, type SourceVersion } from '../judgment.ts';
import { orderOfScope } from '../order-of-packages.ts';
import { speakingClaims } from '../speaking-claims.ts';
import { claim, index } from '../testing/samples.ts';
import { FleetIndex } from './fleet-index.ts';

/** Of products one has branches that its vendor mends side by side. */
function nameIn(scope: string, name: string): string {
  return scope === 'product' ? `fortinet/${name === 'a' ? 'fortios' : 'router'}` : name;
}

function versionOf(scope: string, name: string, sourceVersion: string): SourceVersion {
  const source = nameIn(scope, name);
  if (!scope.startsWith('rhel')) return { scope, source, sourceVersion };
  return { scope, source, sourceVersion, build: { architecture: 'x86_64', source, hasVersionOfSource: true } };
}

/** The slow way: every version by itself. */
function slowly(versions: readonly SourceVersion[], claims: readonly Claim[]): string[] {
  const known = index(...claims);
  const found = versions.flatMap((version, number) => {
    const order = orderOfScope(version.scope);
    if (order === null || !order.isValid(version.sourceVersion)) return [];
    return judge(version, speakingClaims({ version, order }, known), order)
      .filter(isFinding)
      .map(({ vulnerability }) => `${number} ${vulnerability}`);
  });
  return found.sort();
}

function evaluated(fleet: FleetIndex): string[] {
  const found: string[] = [];
  fleet.evaluate(({ vulnerability }, numbers) => {
    for (const number of numbers) found.push(`${number} ${vulnerability}`);
  });
  return found.sort();
}

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  'debian:12': ['1.0~rc1-1', '1.0-1', '1.0-1+deb12u1', '1.0-2', '1:0.5-1', 'no version'],
  'rhel:9': ['1.0-1.el9', '1.0-1.el9_2', '1.0-1.el9_4', '1.1-1.el9_4', '1.1-2.el9', '1:0.5-1.el9'],
  'alpine:3.19': ['1.0_rc1-r0', '1.0-r0', '1.0-r1', '1.1-r0', '2.0-r0'],
  'ubuntu:22.04': ['1.0-1', '1.0-1+esm1', '1.0-1+esm2', '1.1-1'],
  product: ['7.0.1', '7.0.3', '7.2.1', '7.2.4', '7.4.1', '8'],
  npm: ['1.0.0-rc.1', '1.0.0', '1.0.1', '1.1.0', '2.0.0'],
  'plan9:4': ['1'],
};
const SCOPES = [...Object.keys(VERSIONS), 'rhel-eus:9.4', 'ubuntu-pro:22.04'];

const anyVersion = fc
  .constantFrom(...Object.keys(VERSIONS))
  .chain((scope) =>
    fc
      .record({ source: fc.constantFrom('a', 'b'), version: fc.constantFrom(...(VERSIONS[scope] ?? [])) })
      .map(({ source, version }) => versionOf(scope, source, version)),
  );
const anyClaim = fc.constantFrom(...SCOPES).chain((scope) => {
  const said = VERSIONS[scope.replace('-pro', '').replace('-eus', '').replace('9.4', '9')] ?? ['1'];
  const version = fc.constantFrom(...said);
  const bound = fc.option(version);
  return fc
    .record({
      packageName: fc.constantFrom('a', 'b'),
      packageKind: fc.constantFrom('source' as const, 'binary' as const),
      vulnerability: fc.constantFrom('V', 'W'),
      advisory: fc.constantFrom('A', 'B', 'C'),
      status: fc.constantFrom(...CLAIM_STATUSES, 'affected' as const, 'affected' as const),
      authority: fc.constantFrom(...CLAIM_AUTHORITIES.slice(0, 2)),
      ranges: fc.array(fc.record({ introduced: bound, fixed: bound, lastAffected: bound }), { maxLength: 2 }),
      versions: fc.array(version, { maxLength: 1 }),
      modified: fc.constantFrom(1, 2),
      withdrawn: fc.option(fc.constant(3), { freq: 9 }),
    })
    .map((members) => claim({ scope, ...members, packageName: nameIn(scope, members.packageName) }));
});

describe('a fleet in memory', () => {
  const anyVersions = fc.array(anyVersion, { maxLength: 12 });
  const anyClaims = fc.array(anyClaim, { maxLength: 8 });

  it('is affected by what each of its versions is affected by', () => {
    fc.assert(
      fc.property(anyVersions, anyClaims, (versions, claims) => {
        const fleet = new FleetIndex(versions, []);
        fleet.tell(index(...claims));

        expect(evaluated(fleet)).toEqual(slowly(versions, claims));
      }),
      { numRuns: 500 },
    );
  });

  it('comes to the same when it is told again, of one vulnerability after the other', () => {
    fc.assert(
      fc.property(anyVersions, anyClaims, (versions, claims) => {
        const fleet = new FleetIndex(versions, []);
        fleet.tell(index(...claims.slice(1)));
        const told = new Set<string>();
        for (const { scope, packageName, vulnerability } of claims) {
          for (const number of fleet.tellOf(scope, packageName, new Set([vulnerability]), index(...claims))) {
            told.add(`${number} ${vulnerability}`);
          }
        }

        expect([...told].sort()).toEqual(slowly(versions, claims));
        expect(evaluated(fleet)).toEqual(slowly(versions, claims));
      }),
    );
  });
});

it('keeps the branches of a product apart', () => {
  const versions = ['7.0.1', '7.0.3', '7.2.1', '7.2.4'].map((version) => versionOf('product', 'a', version));
  const fixes = ['7.0.3', '7.2.4'].map((fixed) => ({ introduced: null, fixed, lastAffected: null }));
  const told = [claim({ scope: 'product', packageKind: 'binary', packageName: nameIn('product', 'a'), ranges: fixes })];
  const fleet = new FleetIndex(versions, []);
  fleet.tell(index(...told));

  expect(evaluated(fleet)).toEqual(['0 CVE-2026-0001', '2 CVE-2026-0001']);
  expect(evaluated(fleet)).toEqual(slowly(versions, told));
});

it('finds the sets of versions, and sums what versions count', () => {
  const versions = ['1.0-1', '1.1-1', '1.2-1'].map((version) => versionOf('debian:12', 'a', version));
  const fleet = new FleetIndex(versions, [Uint32Array.of(0, 1), Uint32Array.of(2), Uint32Array.of(1, 2)]);

  expect(fleet.setsWith([1])).toEqual(new Set([0, 2]));
  expect([...fleet.setsWith([])]).toEqual([]);
  expect([...fleet.sumOfSets(Uint32Array.of(5, 0, 7))]).toEqual([5, 7, 7]);
});

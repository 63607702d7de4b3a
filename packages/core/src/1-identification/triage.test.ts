import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { orderOfScope } from './order-of-packages.ts';
import { PRODUCT_SCOPE } from './product-key.ts';
import { readTriage, type TriagedClaim, type TriageTarget } from './triage.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const FACTS = {
  ...{ feed: 'acme-news', id: 'acme-news-17', published: NOW - 1_000, publishedPrecision: 'time' as const },
  provenance: "triaged by Sam Security from Acme's announcement",
};
const ROUTER: TriageTarget = { kind: 'product', vendor: 'Acme', product: 'Router 9' };
const below = (fixed: string, introduced: string | null = null) => ({ introduced, fixed, lastAffected: null });

const triaged = (more: Partial<TriagedClaim> = {}): TriagedClaim => ({
  ...{ targets: [ROUTER], ranges: [below('9.3.1')], vulnerabilities: ['CVE-2026-0001'] },
  ...more,
});
const read = (more: Partial<TriagedClaim> = {}, facts = FACTS) => {
  const reading = readTriage(triaged(more), facts, NOW);
  return reading.kind === 'claims' ? reading.claims : reading.faults;
};

describe('what a person reads out of an announcement', () => {
  it('is a claim that says whose reading it is', () => {
    expect(read()).toEqual([
      {
        ...{ feed: 'acme-news', advisory: 'acme-news-17', authority: 'triaged', vulnerability: 'CVE-2026-0001' },
        ...{ scope: PRODUCT_SCOPE, packageKind: 'binary', packageName: 'acme/router-9', status: 'affected' },
        ...{ ranges: [below('9.3.1')], versions: [], published: NOW - 1_000, publishedPrecision: 'time' },
        ...{ modified: NOW, withdrawn: null, provenance: FACTS.provenance },
      },
    ]);
  });

  it.each([
    [{ kind: 'package', release: 'bookworm', name: 'curl' }, 'debian:12 source curl'],
    [{ kind: 'package', release: 'Alpine:3.20', name: 'curl' }, 'alpine:3.20 source curl'],
    [{ kind: 'package', release: 'almalinux:9.4', name: 'curl' }, 'almalinux:9 binary curl'],
    [{ kind: 'package', release: 'PyPI', name: 'Foo.Bar' }, 'pypi binary foo-bar'],
    [{ kind: 'package', release: 'npm', name: '@acme/lib' }, 'npm binary @acme/lib'],
    [{ kind: 'product', vendor: '', product: 'Router_9' }, 'product binary /router-9'],
  ] as const)('meets what is installed: %j', (target, expected) => {
    const found = read({ targets: [target], ranges: [] });

    expect(found).toMatchObject([{ packageKind: expect.anything() }]);
    expect(found.map((one) => ('scope' in one ? `${one.scope} ${one.packageKind} ${one.packageName}` : one))).toEqual([
      expected,
    ]);
  });

  it('claims each vulnerability of each target once', () => {
    const targets = [ROUTER, { kind: 'product', vendor: 'Acme', product: 'Router 10' }] as const;

    expect(read({ targets, vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0001'] })).toHaveLength(4);
  });

  it('stands for what it is about where it names no CVE', () => {
    expect(read({ vulnerabilities: [] })).toMatchObject([{ vulnerability: 'acme-news-17' }]);
  });

  it('was not released in the future', () => {
    expect(read({}, { ...FACTS, published: NOW + 1_000_000 })).toMatchObject([{ published: NOW }]);
  });

  it.each([
    [{ targets: [{ kind: 'package', release: 'plan9', name: 'x' }] }, 'release-unknown'],
    [{ targets: [{ kind: 'package', release: 'deb', name: 'x' }] }, 'release-unknown'],
    [{ targets: [{ kind: 'package', release: 'product', name: 'x' }] }, 'release-unknown'],
    [{ targets: [{ kind: 'product', vendor: 'Acme', product: '!' }] }, 'product-without-name'],
    [{ targets: [{ kind: 'package', release: 'debian:12', name: 'x' }], ranges: [below('1 0')] }, 'version-impossible'],
    [{ ranges: [below('9.0', '9.3')] }, 'range-empty'],
    [{ ranges: [below('9.0', '9.0')] }, 'range-empty'],
    [{ ranges: [{ introduced: '9.1', fixed: null, lastAffected: '9.0' }] }, 'range-empty'],
  ] as const)('judges nothing by what cannot be: %j', (more, kind) => {
    expect(read(more)).toMatchObject([{ kind }]);
  });

  it('one version may be the first and the last that is affected', () => {
    const ranges = [{ introduced: '9.0', fixed: null, lastAffected: '9.0' }];

    expect(read({ ranges })).toMatchObject([{ ranges }]);
  });
});

describe('an asset judged by it', () => {
  const order = orderOfScope(PRODUCT_SCOPE);
  const judged = (sourceVersion: string, more: Partial<TriagedClaim> = {}) => {
    const reading = readTriage(triaged(more), FACTS, NOW);
    if (reading.kind !== 'claims' || order === null) throw new Error('nothing was read');
    return judge({ scope: PRODUCT_SCOPE, source: 'acme/router-9', sourceVersion }, reading.claims, order)[0];
  };

  it.each([
    ['9.3.0', 'affected', 'below 9.3.1, in which acme-news-17 fixes CVE-2026-0001'],
    ['9.3.1', 'fixed', 'is not below 9.3.1, in which acme-news-17 fixes CVE-2026-0001'],
  ])('%s is %s, and says who read it', (version, status, why) => {
    const judgment = judged(version);

    expect(judgment).toMatchObject({ status, fixed: '9.3.1' });
    expect(judgment?.why).toContain(`${why}, ${FACTS.provenance}`);
  });

  it('is affected in every version where no range is given', () => {
    expect(judged('1.0', { ranges: [] })?.why).toMatch(/speaks of every version, triaged by Sam Security/);
  });
});

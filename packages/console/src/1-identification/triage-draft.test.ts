import type { AnnouncementDetail, TriagedClaim } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { claimOf, draftOf, rangeText, targetText, withTarget } from './triage-draft.ts';

const CLAIM: TriagedClaim = {
  targets: [{ kind: 'package', name: 'curl', release: 'debian:12' }],
  ranges: [
    { introduced: '1.0', fixed: '2.0', lastAffected: null },
    { introduced: null, fixed: null, lastAffected: '0.9' },
  ],
  ...{ vulnerabilities: ['CVE-2026-0001'], severity: 'high' },
};
const WHEN = '2026-11-22T12:00:00.000Z';
const HASH = `sha256:${'1f'.repeat(32)}`;
const DETAIL: AnnouncementDetail = {
  ...{ id: 'acme-1', feed: 'acme', vendor: 'Acme', state: 'waiting', changed: false, revision: 1, title: 'Router 9' },
  ...{ url: null, published: null, seenAt: WHEN, firstSeen: WHEN, waitingSince: WHEN, triage: null },
  ...{ entry: 'a', text: '', sha256: HASH, fileSha256: HASH, revisions: [], difference: null, history: [] },
  ...{ named: ['CVE-2026-0002'], suggestions: [] },
};
const draft = withTarget(draftOf(DETAIL), { kind: 'product', vendor: 'Acme', product: 'Router 9' });

describe('a draft of a claim', () => {
  it('begins with the vendor and the vulnerabilities that are named', () => {
    expect(draftOf(DETAIL)).toMatchObject({ kind: 'product', vendor: 'Acme', product: '', cves: 'CVE-2026-0002' });
  });

  it('begins with what is installed, and with what was claimed before it was changed', () => {
    const product = { kind: 'product', vendor: 'acme', product: 'router-9' } as const;
    const suggestions = [{ target: product, versions: ['9.2'], assets: 1 }];
    const triage = {
      ...{ id: '01890000-0000-7000-8000-000000000001', kind: 'claim' as const, revision: 1, claim: CLAIM, why: null },
      ...{ by: 'Sam', at: WHEN, undoes: null },
    };

    expect(draftOf({ ...DETAIL, suggestions })).toMatchObject(product);
    expect(claimOf(draftOf({ ...DETAIL, suggestions, triage }))).toEqual(CLAIM);
  });

  it('comes to what was typed', () => {
    const typed = { ...draft, ranges: '>= 9.0, < 9.3.1\n\n <=8.2 ', cves: 'cve-2026-0001, CVE-2026-0001' };

    expect(claimOf(typed)).toEqual({
      targets: [{ kind: 'product', vendor: 'Acme', product: 'Router 9' }],
      ranges: [
        { introduced: '9.0', fixed: '9.3.1', lastAffected: null },
        { introduced: null, fixed: null, lastAffected: '8.2' },
      ],
      ...{ vulnerabilities: ['CVE-2026-0001'], severity: null },
    });
  });

  it.each([
    ['no product', { product: ' ' }, { kind: 'product' }],
    ['no package', { kind: 'package' as const, release: 'npm' }, { kind: 'package' }],
    ['no release', { kind: 'package' as const, name: 'curl' }, { kind: 'release' }],
    ['a version alone', { ranges: '9.3.1' }, { kind: 'range', text: '9.3.1' }],
    ['two ends', { ranges: '< 1 <= 2' }, { kind: 'range', text: '< 1 <= 2' }],
    ['no CVE', { cves: 'CVE-2026-0001 GHSA-1' }, { kind: 'cve', text: 'GHSA-1' }],
  ])('says what is wrong: %s', (_, more, problem) => {
    expect(claimOf({ ...draft, ...more })).toEqual(problem);
  });
});

it('says a claim in words', () => {
  expect(CLAIM.ranges.map(rangeText)).toEqual(['>= 1.0 < 2.0', '<= 0.9']);
  expect(CLAIM.targets.map(targetText)).toEqual(['curl on debian:12']);
  expect(targetText({ kind: 'product', vendor: '', product: 'Router' })).toBe('Router');
});

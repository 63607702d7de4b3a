import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERSION_ORDERS } from '../versions/index.ts';
import type { Claim } from './claim.ts';
import { judge } from './judge.ts';
import { contestingClaims, isFinding, type Judgment } from './judgment.ts';
import { claim, curl } from './testing/samples.ts';

const order = VERSION_ORDERS.deb;

function judgeOne(version: string, ...claims: readonly Claim[]): Judgment {
  const [judgment, ...more] = judge(curl(version), claims, order);
  if (judgment === undefined || more.length > 0) throw new Error('the test expects exactly one judgment');
  return judgment;
}

const lossesOf = ({ losing }: Judgment) => losing.map((lost) => `${lost.claim.advisory} ${lost.because}`);

describe('one claim', () => {
  it.each([
    ['1.0-1', 'affected', '2.0-1', 'curl 1.0-1 is below 2.0-1, in which DSA-1-1 fixes CVE-2026-0001.'],
    ['2.0-1', 'fixed', '2.0-1', 'curl 2.0-1 is not below 2.0-1, in which DSA-1-1 fixes CVE-2026-0001.'],
    ['3.0-1', 'fixed', '2.0-1', 'curl 3.0-1 is not below 2.0-1, in which DSA-1-1 fixes CVE-2026-0001.'],
  ])('%s is %s', (version, status, fixed, why) => {
    expect(judgeOne(version, claim({ fixed: '2.0-1' }))).toMatchObject({ status, fixed, why, losing: [] });
  });

  it.each<[string, Partial<Claim>, string, string]>([
    [
      'no fix',
      { ranges: [{ introduced: null, fixed: null, lastAffected: null }] },
      'affected',
      'names no version that fixes it',
    ],
    ['every version', {}, 'affected', 'speaks of every version'],
    [
      'a list',
      { versions: ['1.0-1'] },
      'affected',
      'one of the versions that DSA-1-1 (CVE-2026-0001) lists as affected',
    ],
    [
      'a range that began',
      { ranges: [{ introduced: '0.9', fixed: '2', lastAffected: null }] },
      'affected',
      'is not below 0.9, where it came in, and below 2',
    ],
    [
      'a last affected version',
      { ranges: [{ introduced: null, fixed: null, lastAffected: '1.0-1' }] },
      'affected',
      'is not above 1.0-1, the last version that',
    ],
    [
      'a range that begins later',
      { ranges: [{ introduced: '2', fixed: '3', lastAffected: null }] },
      'not_affected',
      'lies in none of the ranges',
    ],
    ['not affected', { status: 'not_affected' }, 'not_affected', 'is not affected, says DSA-1-1'],
    ['will not be fixed', { status: 'wont_fix' }, 'wont_fix', 'the vendor will not fix it'],
    ['end of life', { status: 'end_of_life' }, 'end_of_life', 'no longer supported'],
    ['under investigation', { status: 'under_investigation' }, 'under_investigation', 'being investigated'],
  ])('%s', (_, members, status, why) => {
    const judgment = judgeOne('1.0-1', claim(members));

    expect(judgment.status).toBe(status);
    expect(judgment.why).toContain(why);
    expect(judgment.fixed).toBe(status === 'affected' && (members.ranges?.[0]?.fixed ?? null) !== null ? '2' : null);
  });

  it('makes a finding of what is affected, whatever the vendor means to do about it', () => {
    const statuses = [
      'affected',
      'fixed',
      'not_affected',
      'wont_fix',
      'deferred',
      'under_investigation',
      'end_of_life',
    ] as const;

    const finding = statuses.filter((status) => isFinding(judgeOne('1.0-1', claim({ status }))));

    expect(finding).toEqual(['affected', 'wont_fix', 'deferred', 'end_of_life']);
  });
});

describe('several advisories of one authority', () => {
  const first = claim({ advisory: 'DSA-1-1', fixed: '2.0-1', published: 1_000 });
  const repair = claim({ advisory: 'DSA-1-2', fixed: '2.0-2', published: 2_000, modified: 2_000 });

  it('the first fix stands against a later advisory that repairs it', () => {
    const judgment = judgeOne('2.0-1', repair, first);

    expect(judgment).toMatchObject({ status: 'fixed', fixed: '2.0-1', winner: first });
    expect(lossesOf(judgment)).toEqual(['DSA-1-2 fixed-by-earlier-advisory']);
    expect(contestingClaims(judgment)).toEqual([repair]);
    expect(judgment.why).toContain('named again, with a higher version, by DSA-1-2.');
  });

  it('below both, the lower fix is the one to reach', () => {
    const judgment = judgeOne('1.0-1', repair, first);

    expect(judgment).toMatchObject({ status: 'affected', fixed: '2.0-1', winner: first });
    expect(lossesOf(judgment)).toEqual(['DSA-1-2 fixed-in-higher-version']);
  });

  it('above both, nothing is contested', () => {
    const judgment = judgeOne('2.0-2', repair, first);

    expect(judgment).toMatchObject({ status: 'fixed', fixed: '2.0-1' });
    expect(lossesOf(judgment)).toEqual(['DSA-1-2 version-not-in-range']);
    expect(contestingClaims(judgment)).toEqual([]);
  });

  it('a fix in an older branch does not fix a newer one', () => {
    // One vulnerability, two branches: the range of the second does not hold the fix of the first.
    const older = claim({ advisory: 'A-1', fixed: '3.9.18-3' });
    const newer = claim({ advisory: 'A-2', ranges: [{ introduced: '3.9.19', fixed: '3.9.19-8', lastAffected: null }] });

    expect(judgeOne('3.9.18-3', older, newer).status).toBe('fixed');
    expect(judgeOne('3.9.19-2', older, newer)).toMatchObject({ status: 'affected', winner: newer, fixed: '3.9.19-8' });
    expect(judgeOne('3.9.19-8', older, newer).status).toBe('fixed');
  });

  it('one without a fix loses to one with it', () => {
    const open = claim({
      advisory: 'DSA-0-1',
      ranges: [{ introduced: null, fixed: null, lastAffected: null }],
      published: 1,
    });

    expect(judgeOne('1.0-1', open, first)).toMatchObject({ winner: first, fixed: '2.0-1' });
    expect(judgeOne('2.0-1', open, first)).toMatchObject({ status: 'fixed', winner: first });
  });
});

describe('precedence', () => {
  const advisory = claim({ fixed: '2.0-1' });

  it('a newer revision of an advisory replaces the older', () => {
    const revised = claim({ fixed: '3.0-1', modified: 2_000 });

    const judgment = judgeOne('2.0-1', advisory, revised);

    expect(judgment).toMatchObject({ status: 'affected', fixed: '3.0-1' });
    expect(lossesOf(judgment)).toEqual(['DSA-1-1 superseded-by-newer-revision']);
  });

  it('two entries of one revision both speak', () => {
    const other = claim({ ranges: [{ introduced: '5', fixed: '6', lastAffected: null }] });

    expect(judgeOne('5.5', advisory, other)).toMatchObject({ status: 'affected', fixed: '6' });
    expect(judgeOne('1.5', advisory, other)).toMatchObject({ status: 'affected', fixed: '2.0-1' });
  });

  it('a withdrawn advisory says nothing', () => {
    const withdrawn = claim({ advisory: 'DSA-2-1', fixed: '9', withdrawn: 3_000 });

    const judgment = judgeOne('2.0-1', advisory, withdrawn);

    expect(judgment.status).toBe('fixed');
    expect(lossesOf(judgment)).toEqual(['DSA-2-1 withdrawn']);
    expect(judge(curl('1.0-1'), [withdrawn], order)).toEqual([]);
  });

  it('a withdrawal is a revision', () => {
    const withdrawn = claim({ fixed: '2.0-1', withdrawn: 3_000, modified: 3_000 });

    expect(judge(curl('1.0-1'), [advisory, withdrawn], order)).toEqual([]);
  });

  it.each([
    ['vendor-status', 'vendor-advisory'],
    ['vendor-advisory', 'parent-distribution'],
    ['parent-distribution', 'aggregator'],
    ['aggregator', 'cpe-match'],
  ] as const)('%s stands against %s, in both directions', (stronger, weaker) => {
    const low = { fixed: '2.0-1', advisory: 'LOW' };
    const high = { fixed: '3.0-1', advisory: 'HIGH' };

    const strict = judgeOne('2.0-1', claim({ ...high, authority: stronger }), claim({ ...low, authority: weaker }));
    const lenient = judgeOne('2.0-1', claim({ ...low, authority: stronger }), claim({ ...high, authority: weaker }));

    expect(strict).toMatchObject({ status: 'affected', fixed: '3.0-1' });
    expect(lossesOf(strict)).toEqual(['LOW lower-precedence']);
    expect(lenient).toMatchObject({ status: 'fixed', fixed: '2.0-1' });
    expect(lossesOf(lenient)).toEqual(['HIGH lower-precedence']);
  });

  it('a statement ends what the same authority said before it, not what it says later', () => {
    const statement = claim({ advisory: 'VEX-1', status: 'not_affected', modified: 2_000 });
    const later = claim({ advisory: 'DSA-3-1', fixed: '4.0-1', modified: 3_000 });

    const calm = judgeOne('1.0-1', advisory, statement);
    const alarmed = judgeOne('1.0-1', advisory, statement, later);
    const updated = judgeOne('4.0-1', advisory, statement, later);

    expect(calm).toMatchObject({ status: 'not_affected', winner: statement });
    expect(lossesOf(calm)).toEqual(['DSA-1-1 superseded-by-newer-revision']);
    expect(alarmed).toMatchObject({ status: 'affected', winner: later });
    expect(lossesOf(alarmed)).toEqual(['DSA-1-1 superseded-by-newer-revision', 'VEX-1 superseded-by-newer-revision']);
    expect(updated).toMatchObject({ status: 'not_affected', winner: statement });
    expect(lossesOf(updated).sort()).toEqual(['DSA-1-1 superseded-by-newer-revision', 'DSA-3-1 version-not-in-range']);
  });

  it('a statement about other versions does not count', () => {
    const statement = claim({ advisory: 'VEX-1', status: 'wont_fix', versions: ['0.5-1'], modified: 2_000 });

    expect(judgeOne('1.0-1', advisory, statement)).toMatchObject({ status: 'affected', winner: advisory });
    expect(judgeOne('0.5-1', advisory, statement)).toMatchObject({ status: 'wont_fix', winner: statement });
  });
});

describe('many claims', () => {
  const version = fc.integer({ min: 1, max: 9 }).map((number) => `${number}.0-1`);
  const anyClaim = fc
    .record({
      advisory: fc.constantFrom('DSA-1-1', 'DSA-1-2', 'DLA-1-1'),
      vulnerability: fc.constantFrom('CVE-2026-0001', 'CVE-2026-0002'),
      fixed: version,
      published: fc.integer({ min: 1, max: 3 }),
      modified: fc.constantFrom(1, 2),
      withdrawn: fc.constantFrom(null, null, 1),
      authority: fc.constantFrom('vendor-status', 'vendor-advisory'),
    })
    .map((members) => claim(members as Partial<Claim> & { fixed: string }));
  const anyClaims = fc.array(anyClaim, { maxLength: 8 });

  it('accounts for every claim once, and judges each vulnerability at most once', () => {
    fc.assert(
      fc.property(version, anyClaims, (installed, claims) => {
        const judgments = judge(curl(installed), claims, order);

        const named = judgments.map(({ vulnerability }) => vulnerability);
        expect(named).toEqual([...new Set(named)].sort());
        const judged = claims.filter(({ vulnerability }) => named.includes(vulnerability));
        const accounted = judgments.flatMap(({ winner, losing }) => [winner, ...losing.map((lost) => lost.claim)]);
        expect(accounted.length).toBe(judged.length);
        expect(new Set(accounted)).toEqual(new Set(judged));
      }),
    );
  });

  it('says the same whatever the order of the claims', () => {
    fc.assert(
      fc.property(version, anyClaims, (installed, claims) => {
        const shown = (input: readonly Claim[]) =>
          judge(curl(installed), input, order).map(({ vulnerability, status, fixed }) => ({
            vulnerability,
            status,
            fixed,
          }));

        expect(shown([...claims].reverse())).toEqual(shown(claims));
      }),
    );
  });

  it('a higher version has only findings that the lower had, where all ranges begin at the beginning', () => {
    fc.assert(
      fc.property(version, version, anyClaims, (a, b, claims) => {
        const [low, high] = order.compare(a, b) < 0 ? [a, b] : [b, a];
        const found = (installed: string) =>
          judge(curl(installed), claims, order)
            .filter(isFinding)
            .map(({ vulnerability }) => vulnerability);

        expect(found(low)).toEqual(expect.arrayContaining(found(high)));
      }),
    );
  });
});

describe('lines of builds', () => {
  const rpm = VERSION_ORDERS.rpm;
  const main = claim({ advisory: 'main', fixed: '3.9.19-8.el9' });
  const kept = claim({ advisory: 'kept', fixed: '3.9.18-3.el9_4.5' });
  const older = claim({ advisory: 'older', fixed: '3.9.16-1.el9_2.3' });

  it.each([
    ['3.9.18-3.el9_4.4', 'affected', 'kept'],
    ['3.9.18-3.el9_4.5', 'fixed', 'kept'],
    ['3.9.18-3.el9', 'affected', 'kept'],
    ['3.9.19-7.el9', 'affected', 'main'],
    ['3.9.19-8.el9', 'fixed', 'main'],
    ['3.9.16-1.el9_2.3', 'fixed', 'older'],
  ])('of several fixes %s is %s by that of its own line', (version, status, advisory) => {
    const [judgment, ...more] = judge(curl(version), [older, kept, main], rpm);

    expect(more).toEqual([]);
    expect([judgment?.status, judgment?.winner.advisory]).toEqual([status, advisory]);
  });

  it('says of the others that they are of another line, and lets them speak where there is no own one', () => {
    const [own] = judge(curl('3.9.19-7.el9'), [older, main], rpm);
    const [none] = judge(curl('3.9.17-1.el9_3'), [older, kept], rpm);

    expect(own?.losing.map(({ because }) => because)).toEqual(['of-another-build-line']);
    expect(none).toMatchObject({ status: 'fixed', winner: { advisory: 'older' } });
  });
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { identify } from './identify.ts';
import { judge } from './judge.ts';
import { isLingering, KERNEL_USER, type LingeringFacts, lingeringFindings, lingeringVersions } from './lingering.ts';
import { orderOfScope } from './order-of-packages.ts';
import { speakingClaims } from './speaking-claims.ts';
import { claim, curl, index, installed, packageSet } from './testing/samples.ts';

const NOTHING: LingeringFacts = { former: [], replaced: [], was: new Map(), is: new Map(), kernel: null };
const SSL = { package: 'libssl3', users: ['nginx.service', 'ssh.service'] };

describe('what still runs', () => {
  test.each<[string, Partial<LingeringFacts>, readonly unknown[]]>([
    ['nothing, where nothing was replaced', {}, []],
    [
      'what the report before had',
      { replaced: [SSL], was: new Map([['libssl3', 1]]), is: new Map([['libssl3', 2]]) },
      [{ version: 1, packages: ['libssl3'], users: ['nginx.service', 'ssh.service'] }],
    ],
    [
      'for each what it was told of before, after another upgrade',
      {
        former: [{ version: 1, packages: ['libssl3'], users: ['nginx.service'] }],
        replaced: [SSL],
        was: new Map([['libssl3', 2]]),
        is: new Map([['libssl3', 3]]),
      },
      [
        { version: 1, packages: ['libssl3'], users: ['nginx.service'] },
        { version: 2, packages: ['libssl3'], users: ['ssh.service'] },
      ],
    ],
    [
      'nothing that is known, where the host came with it',
      { replaced: [SSL], is: new Map([['libssl3', 2]]), was: new Map([['libssl3', 2]]) },
      [],
    ],
    ['nothing that is known, where no report came before', { replaced: [SSL], is: new Map([['libssl3', 2]]) }, []],
    [
      'nothing else than what is installed, after it was put back',
      {
        former: [{ version: 1, packages: ['libssl3'], users: SSL.users }],
        replaced: [SSL],
        was: new Map([['libssl3', 2]]),
        is: new Map([['libssl3', 1]]),
      },
      [],
    ],
    [
      'nothing any more, once all were restarted',
      { former: [{ version: 1, packages: ['libssl3'], users: SSL.users }], was: new Map([['libssl3', 2]]) },
      [],
    ],
    [
      'a kernel that was removed',
      { kernel: { version: 7, packages: ['linux-lts'] } },
      [{ version: 7, packages: ['linux-lts'], users: [KERNEL_USER] }],
    ],
  ])('is %s', (_, facts, expected) => {
    expect(lingeringVersions({ ...NOTHING, ...facts })).toEqual(expected);
  });

  it('is told again by the next report of the same, whatever is installed meanwhile', () => {
    const names = ['a', 'b', 'c'];
    const versions = fc.dictionary(fc.constantFrom(...names), fc.integer({ min: 1, max: 4 }));
    const replaced = fc.uniqueArray(
      fc.record({ package: fc.constantFrom(...names), users: fc.subarray(['x', 'y'], { minLength: 1 }) }),
      { selector: (one) => one.package },
    );
    fc.assert(
      fc.property(versions, versions, replaced, (was, is, said) => {
        const now = new Map(Object.entries(is));
        const first = lingeringVersions({ ...NOTHING, replaced: said, was: new Map(Object.entries(was)), is: now });

        expect(lingeringVersions({ ...NOTHING, former: first, replaced: said, was: now, is: now })).toEqual(first);
        for (const { version, packages } of first) {
          for (const name of packages) expect(version).not.toBe(now.get(name));
        }
      }),
    );
  });
});

describe('findings in it', () => {
  const claims = index(
    claim({ fixed: '2.0-1', vulnerability: 'CVE-2026-0001' }),
    claim({ fixed: '3.0-1', vulnerability: 'CVE-2026-0002' }),
    claim({ status: 'wont_fix', vulnerability: 'CVE-2026-0003' }),
  );

  function found(now: string) {
    const order = orderOfScope('debian:12');
    const answer = identify(packageSet([installed({ version: now })]), claims);
    if (order === null || answer.kind === 'not-judged') throw new Error('a feed is loaded');
    const source = curl('1.0-1');
    const judgments = judge(source, speakingClaims({ version: source, order }, claims), order);
    const former = { version: 1, packages: ['curl', 'libcurl4'], users: ['a.service', 'b'] };
    return lingeringFindings([{ ...former, source, architecture: 'amd64', judgments }], answer.findings);
  }

  it('are those whose fix is installed, in each of its packages', () => {
    expect(found('2.0-1').map((one) => [one.vulnerability, one.package, one.installed])).toEqual([
      ['CVE-2026-0001', 'curl', '1.0-1'],
      ['CVE-2026-0001', 'libcurl4', '1.0-1'],
    ]);
    expect(found('3.0-1').map((one) => one.vulnerability)).toContain('CVE-2026-0002');
    expect(found('1.5-1')).toEqual([]);
  });

  it('say who still runs it, and that it is not running', () => {
    const [first] = found('2.0-1');

    expect(first?.reasons).toMatchObject([{ code: 'fix-installed-not-running', subject: 'a.service, b' }]);
    expect(found('2.0-1').every(isLingering)).toBe(true);
  });
});

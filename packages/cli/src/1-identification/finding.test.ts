import type { AssetFindings, FleetFindingPage } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { asset, at, EXPLOITED, finding, fleetFinding, idOf, NOT_JUDGED, reason, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

describe('finding list over the fleet', () => {
  function fleet(page: Partial<FleetFindingPage>): void {
    answering({
      'finding.list': () => ({
        ...whole(page.items ?? []),
        assetsNotJudged: 0,
        assetsPartlyJudged: 0,
        countingSince: null,
        idle: [],
        past: null,
        reasons: [],
        ...page,
      }),
    });
  }

  it('shows what to do first', async () => {
    const plain = { severity: 'unknown', severityFrom: null, said: null, knownExploited: null, epss: null } as const;
    fleet({
      items: [
        fleetFinding(),
        fleetFinding({ vulnerability: 'CVE-2026-0002', fixed: null, fix: 'no-fix', intelligence: plain }),
      ],
    });

    const { code, stdout, stderr } = await ask('finding', 'list', '--search', 'curl');

    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'VULNERABILITY  SOURCE  RELEASE    ASSETS  FIXED IN   OFFERED ON  ADVISORY    SEVERITY  EXPLOITED SINCE    EPSS',
      'CVE-2026-0001  curl    debian:12      12  7.88.1-11  7 of 12     DSA-5000-1  high      2026-11-01       94.3 %',
      'CVE-2026-0002  curl    debian:12      12  no fix     -           DSA-5000-1  unknown   -                     -',
      '',
    ]);
    expect(calls()).toMatchObject([{ id: 'finding.list', query: { search: 'curl', limit: 100 } }]);
  });

  it.each([
    [{ fix: 'offered', offeredOn: 12 }, 'all'],
    [{ fix: 'offered', offeredOn: null }, 'some'],
    [{ fix: 'not-offered', offeredOn: 0 }, '0 of 12'],
    [{ fix: 'needs-subscription', offeredOn: 0 }, 'subscribers'],
    [{ fix: null, offeredOn: null }, '-'],
  ] as const)('says on how many assets a fix is on offer: %j', async (offer, expected) => {
    fleet({ items: [fleetFinding(offer)] });

    expect((await ask('finding', 'list')).stdout.split('\n')[1]?.split(/ {2,}/)[5]).toBe(expected);
  });

  it('with lists that are judged in part says so, and calls nothing clean', async () => {
    fleet({ assetsPartlyJudged: 2 });

    const { code, stdout } = await ask('finding', 'list');

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Judged in part: 2 assets, .* "patchsteward asset list --where judged=partly" shows which\.$/m,
    );
    expect(stdout).not.toContain('No findings');
  });

  it('that lags says so, and does not call an empty list clean', async () => {
    const countingSince = at(-1);
    fleet({ items: [fleetFinding()], countingSince });
    const some = await ask('finding', 'list');
    fleet({ countingSince });
    const none = await ask('finding', 'list');

    const line =
      /^Not complete: what changed since 2026-11-22 11:00 UTC is still being counted; ask again in a moment\.$/m;
    expect([some.code, none.code]).toEqual([3, 1]);
    expect(some.stdout).toMatch(line);
    expect(none.stdout).toMatch(line);
    expect(none.stdout).not.toContain('No findings');
  });

  it('asks for a day of the past, and says how far the answer is of that day', async () => {
    const past = {
      ...{ at: '2026-05-01T23:59:59.999Z', historyFrom: '2026-04-01T12:00:00.000Z', assetsUnknownThen: 2 },
      note: 'Labels are of today.',
    };
    fleet({ items: [fleetFinding({ lane: null, due: null })], past });

    const { code, stdout } = await ask('finding', 'list', '--at', '2026-05-01');

    expect(code).toBe(3);
    expect(stdout.split('\n')[0]).toBe(
      'As of 2026-05-01 23:59 UTC; the first report that is kept is of 2026-04-01 12:00 UTC. 2 of the assets of today had not reported yet. Labels are of today.',
    );
    expect(calls()).toMatchObject([{ id: 'finding.list', query: { at: '2026-05-01' } }]);
  });

  it.each([
    ['--at', 'yesterday'],
    ['--at', '2026-05-01', '--asset', 'web-1'],
  ])('does not take %s %s', async (...argv) => {
    expect(await ask('finding', 'list', ...argv)).toMatchObject({ code: 2, stdout: '' });
  });

  it('puts what hosts have of kernels and do not run into one line each', async () => {
    fleet({
      items: [fleetFinding()],
      idle: [{ source: 'linux', scope: 'debian:12', assets: 40, vulnerabilities: 1_234 }],
    });

    const { stdout } = await ask('finding', 'list');

    expect(stdout).toContain(
      'Not counted: 1,234 vulnerabilities of linux (debian:12) on 40 assets in headers, tools or kernels that do not run there.\n',
    );
  });

  it('says beside them what was not judged', async () => {
    fleet({ items: [fleetFinding()], assetsNotJudged: 2 });

    const { code, stdout } = await ask('finding', 'list');

    expect(code).toBe(3);
    expect(stdout).toContain('Not judged: 2 assets; "patchsteward asset list" shows which.\n');
  });

  const NO_FEED = reason('no-feed', 'Not judged: no feed of advisories is loaded for the fleet; import one.');

  const NO_ASSET = reason('no-asset-enrolled', 'Not judged: no asset is enrolled in the fleet; enroll a host.');

  it.each<[string, Partial<FleetFindingPage>, readonly string[], number, string]>([
    ['everything is clean', {}, [], 0, 'No findings: nothing that is installed is affected.\n'],
    ['the search finds nothing', {}, ['--search', 'x'], 0, 'No finding has these words.\n'],
    [
      'no feed is loaded',
      { reasons: [NO_FEED], assetsNotJudged: 1 },
      [],
      1,
      'Not judged: no feed of advisories is loaded for the fleet; import one.\n' +
        'Not judged: 1 asset; "patchsteward asset list" shows which.\n' +
        'Load the feeds with "patchsteward feeds fetch", or from files with "patchsteward feeds import <path>".\n',
    ],
    [
      'an asset was not judged',
      { assetsNotJudged: 1 },
      ['--search', 'x'],
      1,
      'Not judged: 1 asset; "patchsteward asset list" shows which.\nNo finding has these words.\n',
    ],
    [
      'there is no asset',
      { reasons: [NO_ASSET] },
      [],
      1,
      'Not judged: no asset is enrolled in the fleet; enroll a host.\n' +
        'No asset yet. Make a token with "patchsteward enrollment-token create" and run the line that it prints on a host.\n',
    ],
  ])('without any: %s', async (_, page, argv, code, stdout) => {
    fleet(page);

    expect(await ask('finding', 'list', ...argv)).toEqual({ code, stdout, stderr: '' });
    expect(await askJson('finding', 'list', ...argv)).toMatchObject({ code, answer: { items: [], total: 0 } });
  });

  it('prints what the API says, all of it', async () => {
    answering({
      'finding.list': ({ query }) => ({
        items: [fleetFinding({ vulnerability: query['cursor'] === undefined ? 'CVE-2026-0001' : 'CVE-2026-0002' })],
        next: query['cursor'] === undefined ? 'more' : null,
        total: 2,
        assetsNotJudged: 1,
        assetsPartlyJudged: 0,
        countingSince: null,
        idle: [],
        past: null,
        reasons: [],
      }),
    });

    const { code, answer } = await askJson('finding', 'list');

    expect({ code, answer }).toEqual({
      code: 3,
      answer: {
        items: [fleetFinding(), fleetFinding({ vulnerability: 'CVE-2026-0002' })],
        next: null,
        total: 2,
        assetsNotJudged: 1,
        assetsPartlyJudged: 0,
        countingSince: null,
        idle: [],
        past: null,
        reasons: [],
      },
    });
  });
});

describe('finding list of an asset', () => {
  const HEAD = 'web-1.example.org: Debian GNU/Linux 12 (bookworm), 756 packages';

  function affected(items: AssetFindings['items'], more: Partial<AssetFindings> = {}): void {
    const answer = {
      ...whole(items),
      judged: { kind: 'judged' as const, unjudgedPackages: 0 },
      answered: 0,
      unjudgedPackages: 0,
      notCovered: [],
      unsupported: [],
      unsupportedTotal: 0,
      contested: 0,
      ...more,
    };
    answering({ 'asset.show': () => asset(), 'asset.findings': () => answer });
  }

  const list = (...argv: readonly string[]) => ask('finding', 'list', '--asset', idOf(1), ...argv);

  it('names packages without full support, the last day of it and why', async () => {
    const why = 'too hard to mend';
    affected([], {
      unsupported: [
        { package: 'lxd', version: '5.0', state: 'ended', until: '2026-06-12T00:00:00.000Z', extendedUntil: null, why },
        { package: 'vte', version: '1', state: 'limited', until: null, extendedUntil: null, why },
      ],
      unsupportedTotal: 7,
    });
    const { stdout } = await list();
    expect(stdout).toContain('no support: lxd 5.0 (last day 2026-06-11). too hard to mend.');
    expect(stdout).toContain('limited support: vte 1. too hard to mend.');
    expect(stdout).toContain('and 5 more packages without full support');
  });

  it.each([
    ['wont_fix', 'DSA-5000-1    the vendor will not fix it: CVE-2026-0001'],
    ['deferred', 'DSA-5000-1    the vendor puts the fix off: CVE-2026-0001'],
    ['end_of_life', 'DSA-5000-1    nobody fixes it here any more: CVE-2026-0001'],
  ] as const)('says of what is %s that there is nothing to install', async (status, line) => {
    affected([finding({ status, fixed: null, fixOffered: [] })]);

    expect((await list()).stdout).toContain(line);
  });

  it('groups them by source package, the most urgent first, each with its due time, its fix and why', async () => {
    const unknown = (id: string) => [reason('severity-unknown', `No source says how severe ${id} is.`)];
    affected([
      finding({
        source: 'openssl',
        sourceVersion: '3.0.9-1',
        vulnerability: 'CVE-2026-0009',
        fixed: null,
        fixOffered: [],
        assessment: { lane: 'emergency', due: at(-5), late: true, why: 'It is known to be exploited.' },
        intelligence: EXPLOITED,
        reasons: [reason('no-fix-available', 'No fix for openssl is known from the feeds; watch its vendor.')],
      }),
      finding({ assessment: { reasons: unknown('CVE-2026-0001') } }),
      finding({ vulnerability: 'CVE-2026-0002', assessment: { due: at(50), reasons: unknown('CVE-2026-0002') } }),
      finding({ vulnerability: 'CVE-2026-0003', advisory: 'DSA-5001-1', fixed: '7.88.1-12' }),
    ]);

    const { code, stdout, stderr } = await list();

    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      HEAD,
      '',
      'openssl 3.0.9-1  1 vulnerability in 2 packages',
      '  due           emergency, 5 hours late (2026-11-22 07:00 UTC)',
      '                It is known to be exploited.',
      '  installed as  openssl, libopenssl',
      '  DSA-5000-1    no fix: CVE-2026-0009',
      '  exploited     CVE-2026-0009',
      '  why           openssl 3.0.9-1 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
      '  note          No fix for openssl is known from the feeds; watch its vendor.',
      '',
      'curl 7.88.1-10  3 vulnerabilities in 2 packages',
      '  due           critical, in 8 hours (2026-11-22 20:00 UTC)',
      '                A security update is due 48 hours after its release.',
      '  installed as  curl, libcurl',
      '  DSA-5000-1    fixed in 7.88.1-11: CVE-2026-0001, CVE-2026-0002',
      '  DSA-5001-1    fixed in 7.88.1-12: CVE-2026-0003',
      '  why           curl 7.88.1-10 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
      '  offered       7.88.1-11 from deb.debian.org/debian-security bookworm-security/main',
      '',
      'About the due times:',
      '  No source says how severe CVE-2026-0001 is. (and 1 more like it)',
      '',
      '8 findings: 4 vulnerabilities in 4 packages of 2 source packages',
      '',
    ]);
  });

  it('says what findings wait for, from when to when, and whether the clock stands still', async () => {
    const day = (n: number) => `2026-11-0${n}T12:00:00.000Z`;
    const accepted = { kind: 'answered', subject: idOf(9), from: day(1), until: day(3), stopsClock: true } as const;
    const hold = { kind: 'held', subject: 'curl', from: day(4), until: null, stopsClock: false } as const;
    const process = { kind: 'not-running', subject: 'a.service', from: null, until: null, stopsClock: false } as const;
    affected([
      finding({ waits: [accepted, hold], stoppedMs: 48 * 3_600_000 }),
      finding({ vulnerability: 'CVE-2026-0002', waits: [hold, process] }),
    ]);

    const { stdout } = await list();

    expect(stdout).toContain('its clock stood still for 48 hours');
    expect(stdout.match(/^ {2}waits .*$/gm)).toEqual([
      '  waits         answered for, from 2026-11-01 12:00 UTC to 2026-11-03 12:00 UTC (the clock stands still)',
      '  waits         curl is held or pinned, from 2026-11-04 12:00 UTC, open (the clock runs)',
      '  waits         installed, and a.service runs the code before it, since before it was kept, open (the clock runs)',
    ]);
  });

  it('keeps two versions of one source apart', async () => {
    affected([
      finding({ source: 'linux', sourceVersion: '6.1.1-1' }),
      finding({ source: 'linux', sourceVersion: '6.1.2-1' }),
    ]);

    const { stdout } = await list();

    expect(stdout.match(/^linux \S+/gm)).toEqual(['linux 6.1.1-1', 'linux 6.1.2-1']);
  });

  it.each<[string, Partial<AssetFindings>, readonly string[], number, string]>([
    ['it is clean', {}, [], 0, 'No findings: nothing that is installed and could be judged is affected.\n'],
    ['the search finds nothing', {}, ['--search', 'x'], 0, 'No finding has these words.\n'],
    [
      'nobody speaks of a part of it',
      { unjudgedPackages: 1, notCovered: ['nodejs/node-js 12'] },
      [],
      1,
      'No findings: nothing that is installed and could be judged is affected.\n' +
        'not judged: 1 package of third parties, of whom no feed speaks, or with an impossible version\n' +
        'no loaded feed speaks of nodejs/node-js 12\n',
    ],
    [
      'it was not judged',
      { judged: NOT_JUDGED },
      ['--search', 'x'],
      1,
      'not judged: no feed\nNot judged: no feed of advisories is loaded for Debian 12; import one.\n',
    ],
    [
      'some packages could not be judged',
      { unjudgedPackages: 3, contested: 1 },
      [],
      0,
      'No findings: nothing that is installed and could be judged is affected.\n' +
        'not judged: 3 packages of third parties, of whom no feed speaks, or with an impossible version\n' +
        'not counted: 1 finding that an earlier advisory calls fixed and a later one names again\n',
    ],
  ])('without any: %s', async (_, more, argv, code, expected) => {
    affected([], more);

    expect(await list(...argv)).toEqual({ code, stdout: `${HEAD}\n${expected}`, stderr: '' });
    expect(await askJson('finding', 'list', '--asset', idOf(1), ...argv)).toMatchObject({ code, answer: more });
  });

  it('puts what a kernel has and does not run into one line, unless all is asked for', async () => {
    const idle = reason('kernel-not-running', 'linux-libc-dev belongs to a kernel but does not run.');
    const names = ['linux-image-6.1.0-40-amd64', 'linux-libc-dev'];
    const packages = names.map((name) => ({ name, architecture: 'amd64', version: '6.1.1-1', hold: false }));
    const kernel = { source: 'linux', sourceVersion: '6.1.1-1', reasons: [{ ...idle, subject: 'linux-libc-dev' }] };
    affected([
      finding({ ...kernel, packages }),
      finding({ ...kernel, packages: packages.slice(1), vulnerability: 'CVE-2' }),
    ]);

    const { stdout } = await list();
    const all = await list('--all');

    expect(stdout).toContain('1 finding: 1 vulnerability in 1 package of 1 source package\n');
    expect(stdout).toContain(
      'Beside them 2 findings (2 vulnerabilities) of linux in 1 package that does not run: linux-libc-dev (',
    );
    expect(stdout).not.toContain('CVE-2,');
    expect(all.stdout).toContain('3 findings: 2 vulnerabilities in 2 packages of 1 source package\n');
    expect(all.stdout).toContain('Among them 2 findings');
  });

  it('that was judged before but cannot be now shows both', async () => {
    affected([finding()], { judged: NOT_JUDGED });

    const { code, stdout } = await list();

    expect(code).toBe(3);
    expect(stdout).toContain(`${HEAD}\nnot judged: no feed\n`);
    expect(stdout).toContain('2 findings: 1 vulnerability');
  });

  it('cut short says so', async () => {
    affected([finding()], { next: 'more', total: 107 });

    const { stdout, stderr } = await list('--limit', '1');

    expect(stdout).toContain('2 findings shown: 1 vulnerability in 2 packages');
    expect(stderr).toBe('patchsteward: 1 of 107 shown; --all shows all\n');
    expect(calls().at(-1)?.query).toMatchObject({ limit: 1 });
  });

  it('prints what the API says', async () => {
    affected([finding()], { contested: 4 });

    expect(await askJson('finding', 'list', '--asset', idOf(1))).toEqual({
      code: 3,
      stderr: '',
      answer: {
        items: [finding()],
        next: null,
        total: 1,
        judged: { kind: 'judged', unjudgedPackages: 0 },
        answered: 0,
        unjudgedPackages: 0,
        notCovered: [],
        unsupported: [],
        unsupportedTotal: 0,
        contested: 4,
      },
    });
  });

  it('shows the words of feeds without their power', async () => {
    affected([finding({ advisory: 'DSA-\u001b[2J', why: 'because\u001b]0;x' })]);

    const { stdout } = await list();

    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('DSA-\ufffd[2J');
  });
});

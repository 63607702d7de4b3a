import { describe, expect, it } from 'vitest';
import { FakeRefusal } from '../platform/testing/fake-server.ts';
import { asset, at, idOf, NOT_JUDGED, reason, silentAsset, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

describe('asset list', () => {
  it('shows how each stands', async () => {
    answering({
      'asset.list': () =>
        whole([
          asset(),
          asset({
            name: 'db-1',
            judged: NOT_JUDGED,
            findings: null,
            knownExploited: null,
            updates: null,
            nextDue: null,
          }),
          asset({
            name: 'clean',
            findings: 0,
            knownExploited: 0,
            updates: 3,
            securityUpdates: 0,
            nextDue: { lane: 'routine', due: at(96), late: false },
          }),
          silentAsset({ name: 'new-1' }),
        ]),
    });

    const { code, stdout, stderr } = await ask('asset', 'list');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'NAME               RELEASE    CRITICALITY  EXPOSURE           FINDINGS           UPDATES  NEXT DUE                LAST REPORT',
      'web-1.example.org  debian 12  high         public    359 (2 exploited)  97 (64 security)  critical, 5 hours late  3 minutes ago',
      'db-1               debian 12  high         public           not judged         not known  -                       3 minutes ago',
      'clean              debian 12  high         public                    0                 3  routine, in 4 days      3 minutes ago',
      'new-1              -          high         public           not judged         not known  -                       never',
      '',
    ]);
  });

  it.each([
    [
      [],
      'No asset yet. Make a token with "patchsteward enrollment-token create" and run the line that it prints on a host.\n',
    ],
    [['--search', 'db'], 'No asset has these words.\n'],
  ])('says what to do where there is none: %j', async (argv, expected) => {
    answering({ 'asset.list': () => whole([]) });

    expect(await ask('asset', 'list', ...argv)).toEqual({ code: 0, stdout: expected, stderr: '' });
  });

  it.each([
    ['ending', 'debian 12 (support ends)'],
    ['ended', 'debian 12 (no support)'],
    ['extended', 'debian 12 (subscribers alone)'],
  ] as const)('says beside the release that its support is %s', async (state, text) => {
    const until = '2026-07-12T00:00:00.000Z';
    answering({
      'asset.list': () => whole([asset({ support: { state, phase: 'regular', until, extendedUntil: null } })]),
    });

    expect((await ask('asset', 'list', '--support', state)).stdout).toContain(text);
  });

  it('narrows and orders the list as it is told', async () => {
    answering({ 'asset.list': () => whole([]) });

    const { code, stdout } = await ask(
      ...['asset', 'list', '--where', 'criticality=high,critical', '--where', 'maintenance-group=sunday'],
      ...['--sort', 'urgent'],
    );

    expect([code, stdout]).toEqual([0, 'No asset is like this.\n']);
    expect(calls().at(-1)?.query).toMatchObject({
      criticality: ['high', 'critical'],
      maintenanceGroup: ['sunday'],
      sort: 'urgent',
    });
  });

  /** More assets than a person looks at. */
  function many(): void {
    answering({
      'asset.list': ({ query }) => {
        const start = Number(query['cursor'] ?? 0);
        const count = Math.min(Number(query['limit']), 1_234 - start);
        const items = Array.from({ length: count }, (_, item) =>
          asset({ name: `host-${start + item}`, id: idOf(start + item) }),
        );
        return { items, next: start + count < 1_234 ? String(start + count) : null, total: 1_234 };
      },
    });
  }

  it.each([
    [[], 100, '100 of 1,234 shown; --all shows all'],
    [['--limit', '7'], 7, '7 of 1,234 shown; --all shows all'],
    [['--limit', '1200'], 1_200, '1,200 of 1,234 shown; --all shows all'],
    [['--all'], 1_234, null],
  ])('with %j', async (argv, rows, note) => {
    many();

    const { stdout, stderr } = await ask('asset', 'list', ...argv);

    expect(stdout.split('\n').length - 2).toBe(rows);
    expect(stderr).toBe(note === null ? '' : `patchsteward: ${note}\n`);
  });

  it('gives a program all of them, or as many as it wants and says that there are more', async () => {
    many();

    const all = await askJson('asset', 'list');
    const some = await askJson('asset', 'list', '--limit', '3', '--search', 'host');

    expect(all).toMatchObject({ code: 0, stderr: '', answer: { next: null, total: 1_234 } });
    expect(all.answer).toHaveProperty('items.length', 1_234);
    expect(some).toMatchObject({ code: 0, stderr: '', answer: { next: '3', total: 1_234 } });
    expect(calls().at(-1)?.query).toMatchObject({ limit: 3, search: 'host' });
  });

  it.each([
    ['--limit', '0'],
    ['--limit', 'ten'],
    ['--limit', '1.5'],
    ['--limit', '5', '--all'],
    ['--where', 'size=1'],
    ['--sort', 'size'],
  ])('calls %s %s wrong usage', async (...argv) => {
    expect(await ask('asset', 'list', ...argv)).toMatchObject({ code: 2, stdout: '' });
    expect(calls()).toEqual([]);
  });
});

describe('asset show', () => {
  const show = (one = asset()) => answering({ 'asset.show': () => one });

  it('shows who it is, how it stands, and what stands in its way', async () => {
    show();

    const { code, stdout } = await ask('asset', 'show', idOf(1));

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `web-1.example.org  ${idOf(1)}`,
      '  kind          server',
      '  criticality   high',
      '  exposure      public',
      '  environment   production',
      '  owner         Team Web',
      '  role          -',
      '  tags          pci, shop',
      '  maintenance   -',
      '  redundancy    -',
      '  test ring     no',
      '  release       Debian GNU/Linux 12 (bookworm)',
      '  support       until 2028-06-30',
      '  packages      756',
      '  findings      359, 2 known exploited vulnerabilities',
      '  updates       97, 64 of them security',
      '  next due      critical, 5 hours late (2026-11-22 07:00 UTC)',
      '  last report   3 minutes ago (2026-11-22 11:57 UTC)',
      '  system        amd64, booted 8 days ago',
      '  kernel        6.1.0-40-amd64 runs; installed: 6.1.0-41-amd64',
      '  reboot        needed (kernel)',
      '  restarts      apache2.service',
      '  origins       deb.debian.org/debian bookworm/main, packages.example.net/apt stable/main (not signed)',
      '  agent         0.1.0',
      '  note          linux: what is installed does not run yet; reboot.',
      '',
    ]);
  });

  it('never calls clean what was not judged', async () => {
    show(asset({ judged: NOT_JUDGED, findings: null, stale: true }));

    const { stdout } = await ask('asset', 'show', idOf(1));

    expect(stdout).toContain(
      '  findings      not judged: Not judged: no feed of advisories is loaded for Debian 12; import one.\n',
    );
    expect(stdout).toContain(' (2026-11-22 11:57 UTC), stale\n');
  });

  it('says little of one that has not reported', async () => {
    show(silentAsset());

    const { stdout } = await ask('asset', 'show', idOf(1));

    expect(stdout).toContain('  release       not known before the first report\n');
    expect(stdout).toContain('  last report   never\n');
    expect(stdout).not.toContain('kernel');
  });

  it('prints what the API says', async () => {
    show();

    expect(await askJson('asset', 'show', idOf(1))).toEqual({ code: 0, stderr: '', answer: asset() });
  });

  it('that does not exist is no asset', async () => {
    answering({
      'asset.show': () => {
        throw new FakeRefusal('not-found', `There is no asset ${idOf(9)}.`);
      },
    });

    expect(await ask('asset', 'show', idOf(9))).toEqual({
      code: 1,
      stdout: '',
      stderr: `patchsteward: There is no asset ${idOf(9)}; check the address and the id\n`,
    });
  });

  it('shows the words of a host without their power', async () => {
    show(asset({ name: 'web\u001b[2J', reasons: [reason('restart-pending', 'a\u202eb')] }));

    const { stdout } = await ask('asset', 'show', idOf(1));

    expect(stdout).toContain('web\ufffd[2J');
    expect(stdout).toContain('a\ufffdb');
  });
});

describe('asset packages', () => {
  const curl = {
    name: 'curl',
    version: '7.88.1-10',
    architecture: 'amd64',
    source: 'curl',
    sourceVersion: '7.88.1-10',
    state: 'installed',
    hold: true,
    origins: ['deb.debian.org/debian bookworm/main'],
  } as const;

  it('lists all of them', async () => {
    const packages = [
      { ...curl, origins: [...curl.origins] },
      { ...curl, name: 'own', hold: false, state: 'broken' as const, origins: [] },
      { ...curl, name: 'who', origins: null },
    ];
    answering({ 'asset.show': () => asset(), 'asset.packages': () => whole(packages) });

    const { code, stdout } = await ask('asset', 'packages', idOf(1), '--search', 'cu');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'PACKAGE  VERSION    ARCHITECTURE  SOURCE          STATE            ORIGINS',
      'curl     7.88.1-10  amd64         curl 7.88.1-10  installed, held  deb.debian.org/debian bookworm/main',
      'own      7.88.1-10  amd64         curl 7.88.1-10  broken           none',
      'who      7.88.1-10  amd64         curl 7.88.1-10  installed, held  not known',
      '',
    ]);
    expect(calls().at(-1)).toMatchObject({ params: { id: idOf(1) }, query: { search: 'cu', limit: 500 } });
  });

  it('tells a pin in its own words, apart from a hold', async () => {
    const pin = 'Package: curl, Pin: version 7*, Pin-Priority: 990 (/etc/apt/preferences)';
    const packages = [{ ...curl, pin, origins: [] }];
    answering({ 'asset.show': () => asset(), 'asset.packages': () => whole(packages) });

    expect((await ask('asset', 'packages', idOf(1))).stdout).toContain(`installed, pinned: ${pin}  none`);
  });

  it.each([
    [[], /^No packages: the asset has not reported yet; look at its agent/],
    [['--search', 'x'], /^No package has these words\.$/m],
  ])('says why there are none: %j', async (argv, expected) => {
    answering({ 'asset.show': () => asset(), 'asset.packages': () => whole([]) });

    expect((await ask('asset', 'packages', idOf(1), ...argv)).stdout).toMatch(expected);
  });
});

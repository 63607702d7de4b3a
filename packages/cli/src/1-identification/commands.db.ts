import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asset, AssetFindings, EnrollmentTokenCreated } from '@patchsteward/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { installed, inventory } from '../../../server/src/1-identification/testing/inventories.ts';
import { sharedData, sharedFeeds, sharedHost } from '../../../server/src/1-identification/testing/shared-data.ts';
import { describeWithDatabase } from '../../../server/src/platform/testing/database.ts';
import { RealServer } from '../platform/testing/real-server.ts';
import { run } from '../platform/testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two vulnerabilities of the curl that every test host has, one of them exploited; nothing of its other packages. */
function writeFeeds(): void {
  const advisory = {
    id: 'DSA-5000-1',
    modified: '2026-07-02T10:00:00Z',
    published: '2026-07-01T00:00:00Z',
    upstream: ['CVE-2026-0001', 'CVE-2026-0002'],
    affected: [
      {
        package: { ecosystem: 'Debian:12', name: 'curl' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '7.88.1-10+deb12u15' }] }],
      },
    ],
  };
  const fixedLongAgo = { ...advisory, id: 'DSA-4000-1', upstream: ['CVE-2020-0001'] };
  fixedLongAgo.affected = [
    {
      package: { ecosystem: 'Debian:12', name: 'curl' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '7.0-1' }] }],
    },
  ];
  const lines = [advisory, fixedLongAgo, { id: 'DSA-7-1' }].map((record) => `${JSON.stringify(record)}\n`);
  writeFileSync(join(folder, 'osv.jsonl'), lines.join(''));
  writeFileSync(
    join(folder, 'kev.json'),
    JSON.stringify({
      title: 'CISA Catalog of Known Exploited Vulnerabilities',
      catalogVersion: '2026.08.07',
      dateReleased: '2026-08-07T00:00:00Z',
      count: 1,
      vulnerabilities: [
        { cveID: 'CVE-2026-0002', vulnerabilityName: 'curl', dateAdded: '2026-08-07', dueDate: '2026-08-10' },
      ],
    }),
  );
  writeFileSync(
    join(folder, 'epss.csv'),
    '#model_version:v2025.03.14,score_date:2026-08-16T00:00:00Z\ncve,epss,percentile\nCVE-2026-0002,0.94321,0.99900\n',
  );
}

describeWithDatabase('the command line and a server', () => {
  let server: RealServer;
  let assetId: string;
  beforeAll(async () => {
    writeFeeds();
    server = await RealServer.start();
  });
  afterAll(() => server.close());

  it('with nothing in it says what to do, and never that all is well', async () => {
    const asked = await Promise.all(
      [
        ['asset', 'list'],
        ['finding', 'list'],
        ['update', 'list'],
        ['feeds', 'status'],
        ['enrollment-token', 'list'],
        ['exposure', 'CVE-2026-0001'],
      ].map(async (argv) => [argv.join(' '), await server.ask(...argv)] as const),
    );

    expect(asked.map(([line, { code, stderr }]) => [line, code, stderr])).toEqual([
      ['asset list', 0, ''],
      ['finding list', 1, ''],
      ['update list', 0, ''],
      ['feeds status', 3, ''],
      ['enrollment-token list', 0, ''],
      ['exposure CVE-2026-0001', 1, ''],
    ]);
    expect(asked.map(([, { stdout }]) => stdout).join('')).toMatch(
      /No asset yet[\s\S]*Not judged: no feed[\s\S]*No updates[\s\S]*never imported[\s\S]*No tokens yet[\s\S]*Not judged/,
    );
  });

  it('lets a host in by the token that it prints', async () => {
    const { code, answer } = await server.askJson('enrollment-token', 'create', '--note', 'web-1', '--valid', '10m');
    const { command, token } = EnrollmentTokenCreated.parse(answer);
    const more = installed({ name: 'libcurl4' });
    const { packages, ...sections } = inventory({ hostname: 'web-1.example.org', rebootNeeded: true });
    assetId = await server.report(token, {
      ...sections,
      packages: { ...packages, packages: [...packages.packages, more] },
    });

    expect(code).toBe(0);
    expect(command).toMatch(/^patchsteward agent enroll --server patches\.example\.org:\d+ --token ps1\./);
    const { stdout } = await server.ask('enrollment-token', 'list');
    expect(stdout).toMatch(new RegExp(`^[0-9a-f-]{36}  used .* ${assetId}  web-1$`, 'm'));
  });

  it('knows the host by its name, and does not call it clean before it is judged', async () => {
    const findings = await server.ask('finding', 'list', '--asset', 'web-1');

    expect(findings).toMatchObject({ code: 1, stdout: expect.stringContaining('\nnot judged: no feed\n') });
    expect((await server.ask('finding', 'list')).stdout).toContain('Not judged: 1 asset;');
    expect((await server.ask('asset', 'list')).stdout).toMatch(/^web-1\.example\.org +debian 12 .* not judged .*ago$/m);
    expect((await server.ask('asset', 'show', 'web-1')).stdout).toMatch(/^ {2}reboot +needed \(kernel\)$/m);
    expect((await server.ask('asset', 'packages', 'web-1', '--search', 'libcurl4')).stdout).toMatch(
      /^PACKAGE.*\nlibcurl4 .*\n$/,
    );
    expect(await server.ask('asset', 'show', 'web-2')).toMatchObject({ code: 1, stdout: '' });
  });

  it('takes feeds over from files, once', async () => {
    const first = await server.ask('feeds', 'import', folder);
    const again = await server.askJson('feeds', 'import', folder);
    const status = await server.ask('feeds', 'status');

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^debian-osv +2 records: 2 added, 0 updated, 0 removed; 1 source version judged/m);
    expect(first.stdout).toMatch(/set aside: 1 record that could not be used, for example:\n +DSA-7-1: /);
    expect(first.stdout).toMatch(/^kev +1 record: 1 added/m);
    expect(again).toMatchObject({ code: 0, answer: { items: [0, 1, 2].map(() => ({ changed: false, added: 0 })) } });
    // The data of this test is months old, and the feeds say so.
    expect(status.code).toBe(3);
    expect(status.stdout).toMatch(/^debian-osv +stale +2 +1 +2026-07-02 10:00 UTC +moments ago/m);
  });

  it('says what the host is affected by, why, and by when', async () => {
    const { code, stdout } = await server.ask('finding', 'list', '--asset', 'web-1');
    const { answer } = await server.askJson('finding', 'list', '--asset', assetId);

    expect(code).toBe(3);
    expect(stdout).toContain('\ncurl 7.88.1-10+deb12u5  2 vulnerabilities in 2 packages\n');
    expect(stdout).toMatch(/^ {2}due +\w+, .* \(20\d\d-\d\d-\d\d \d\d:\d\d UTC\)$/m);
    expect(stdout).toContain('  DSA-5000-1    fixed in 7.88.1-10+deb12u15: CVE-2026-0002, CVE-2026-0001\n');
    expect(stdout).toContain('  exploited     CVE-2026-0002\n');
    expect(stdout).toContain('  offered       7.88.1-10+deb12u15 from deb.debian.org/debian-security');
    expect(stdout).toContain('\n4 findings: 2 vulnerabilities in 2 packages of 1 source package\n');
    expect(AssetFindings.parse(answer).items.map(({ vulnerability }) => vulnerability)).toEqual([
      'CVE-2026-0002',
      'CVE-2026-0001',
    ]);
    expect(await server.ask('finding', 'list', '--asset', 'web-1', '--search', 'nothing')).toMatchObject({ code: 0 });
  });

  it('says when the lists over the fleet have counted all that came', async () => {
    // What the host reported is counted in the background.
    await vi.waitFor(
      async () =>
        expect((await server.askJson('feeds', 'status')).answer).toMatchObject({
          items: [{}, {}, {}],
          countingSince: null,
        }),
      { timeout: 60_000, interval: 200 },
    );
  });

  it('says it over the fleet', async () => {
    const { code, stdout } = await server.ask('finding', 'list');

    expect(code).toBe(3);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 3).map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ['VULNERABILITY', 'SOURCE', 'RELEASE', 'ASSETS'],
      ['CVE-2026-0002', 'curl', 'debian:12', '1'],
      ['CVE-2026-0001', 'curl', 'debian:12', '1'],
    ]);
    // The files of this test are of a day long past.
    expect(lines.slice(3)).toEqual([
      ...Array.from({ length: 3 }, () => expect.stringContaining('this feed has told nothing new for too long')),
      '',
    ]);
    expect((await server.ask('finding', 'list', '--limit', '1')).stderr).toBe(
      'patchsteward: 1 of 2 shown; --all shows all\n',
    );
  });

  it('says what is offered', async () => {
    const fleet = await server.ask('update', 'list');
    const own = await server.ask('update', 'list', '--asset', 'web-1');

    expect([fleet.code, own.code]).toEqual([0, 0]);
    expect(fleet.stdout).toMatch(/^security +curl +7\.88\.1-10\+deb12u15 +debian:12 +2 +1 +curl/m);
    expect(own.stdout).toMatch(/ security +curl:amd64 +7\.88\.1-10\+deb12u5 +7\.88\.1-10\+deb12u15 +2$/m);
  });

  it.each([
    [
      'cve-2026-0002',
      3,
      /^1 asset is affected by CVE-2026-0002\.\nKnown to be exploited since 2026-08-07[\s\S]*^web-1\.example\.org /m,
    ],
    ['CVE-2020-0001', 0, /^The one judged asset is not affected by CVE-2020-0001\./],
    ['CVE-1999-0001', 1, /^Not judged: no advisory of the loaded feeds names CVE-1999-0001\./],
  ])('answers for %s', async (vulnerability, code, expected) => {
    const human = await server.ask('exposure', vulnerability);

    expect(human).toMatchObject({ code, stdout: expect.stringMatching(expected), stderr: '' });
    expect(await server.askJson('exposure', vulnerability)).toMatchObject({
      code,
      answer: { vulnerability: vulnerability.toUpperCase() },
    });
  });

  it('lets people say what the host is, and nobody overwrite another', async () => {
    const { code, stdout } = await server.ask(
      'asset',
      'set',
      'web-1',
      '--exposure',
      'internal',
      '--owner',
      'Ada',
      '--tag',
      'shop',
    );
    const both = await Promise.all([
      server.ask('asset', 'set', assetId, '--role', 'mail'),
      server.ask('asset', 'set', assetId, '--role', 'web'),
    ]);
    const { answer } = await server.askJson('asset', 'show', 'web-1');

    expect(code).toBe(0);
    expect(stdout).toContain(
      '  exposure      unknown -> internal\n  owner         - -> Ada\n  tags          - -> shop\n',
    );
    expect(both.map((one) => one.code)).toContain(0);
    expect(Asset.parse(answer)).toMatchObject({ exposure: 'internal', owner: 'Ada', tags: ['shop'] });
    expect((await server.ask('asset', 'set', 'web-1', '--no-owner', '--no-tag')).stdout).toContain(
      'owner         Ada -> -\n',
    );
    expect(await server.ask('asset', 'set', 'web-1', '--owner', 'x'.repeat(300))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('body.owner'),
    });
  });

  it('writes what is known as OSV, to a file or as lines', async () => {
    const file = join(folder, 'known.jsonl');
    const { code, stdout } = await server.ask('feeds', 'export', '--vulnerability', 'CVE-2026-0001', 'CVE-2020-0001');
    const saved = await server.askJson('feeds', 'export', '--feed', 'debian-osv', '--file', file);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');

    expect([code, stdout.trimEnd().split('\n')]).toEqual([0, lines]);
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['DSA-4000-1', 'DSA-5000-1']);
    expect(saved).toMatchObject({ code: 0, answer: { file, bytes: statSync(file).size } });
    expect(await server.ask('feeds', 'export', '--file', file)).toMatchObject({ code: 1, stdout: '' });
    expect((await server.ask('feeds', 'import', file)).stdout).toContain('2 records: nothing new');
    rmSync(file);
  });

  it('refuses what is wrong, with what to do', async () => {
    const id = '01890000-0000-7000-8000-000000000009';
    writeFileSync(join(folder, 'broken'), '{"id":');

    expect(await server.ask('asset', 'show', id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`There is no asset ${id};`),
    });
    expect(await server.ask('enrollment-token', 'revoke', id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no enrollment token'),
    });
    expect(await server.ask('enrollment-token', 'revoke', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('params.id'),
    });
    expect(await server.ask('feeds', 'import', '--feed', 'kev', join(folder, 'broken'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('kev, from'),
    });
    rmSync(join(folder, 'broken'));
  });

  it('speaks over the network with the token of a person', async () => {
    const post = async (path: string, body: object, cookie = '') => {
      const headers = { 'content-type': 'application/json', cookie, origin: server.url };
      return fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const secret = new URL(server.firstRunUrl).hash.slice(1);
    const account = { secret, login: 'ada', name: 'Ada', password: 'otter carries seven lamps' };
    const cookie = (await post('/api/v1/first-run', account)).headers.getSetCookie().join('; ');
    const made: unknown = await (await post('/api/v1/api-tokens', {}, cookie)).json();
    const environment = { PATCHSTEWARD_URL: server.url, PATCHSTEWARD_TOKEN: tokenIn(made) };

    expect(await run(['asset', 'list'], { environment })).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('web-1'),
    });
    expect(await run(['feeds', 'import', folder], { environment })).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['asset', 'list'], { environment: { PATCHSTEWARD_URL: server.url } })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('wants an API token'),
    });
    expect(
      await run(['asset', 'list', '--server', server.url], { environment: { PATCHSTEWARD_TOKEN: 'pst_wrong' } }),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('The API token is wrong, expired or revoked;') });
  });
});

function tokenIn(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'secret' in answer) return String(answer.secret);
  throw new Error(`no token was made: ${JSON.stringify(answer)}`);
}

describeWithDatabase('a real host against real feeds', () => {
  it.skipIf(sharedData === undefined)(
    'has through a server the findings that a scan of it has',
    { timeout: 120_000 },
    async () => {
      const server = await RealServer.start();
      try {
        const { answer: created } = await server.askJson('enrollment-token', 'create');
        const { release, packages, updates } = sharedHost();
        const { system, origins } = inventory({ hostname: 'workstation' });
        await server.report(EnrollmentTokenCreated.parse(created).token, {
          packages: { ecosystem: 'deb', release: release ?? never(), packages, publishers: [] },
          updates: { updates: updates ?? [], unanswered: null },
          origins,
          system,
        });

        const files = Object.values(sharedFeeds);
        const first = await importEach(server, files);
        const second = await importEach(server, files);
        const { code, answer } = await server.askJson('finding', 'list', '--asset', 'workstation');
        const human = await server.ask('finding', 'list', '--asset', 'workstation');

        expect(first).toEqual(files.map(() => ({ code: 0, changed: [true] })));
        expect(second).toEqual(files.map(() => ({ code: 0, changed: [false] })));
        expect(code).toBe(3);
        expect(pairsOf(AssetFindings.parse(answer))).toEqual(await scannedPairs());
        expect(human.stdout).toMatch(/^359 findings: \d+ vulnerabilities in 41 packages of \d+ source packages$/m);
      } finally {
        await server.close();
      }
    },
  );
});

function never(): never {
  throw new Error('the host of the test data has a release');
}

/** One file after the other: the whole folder holds more feeds than `scan` is given below. */
async function importEach(server: RealServer, files: readonly string[]) {
  const outcomes: { code: number; changed: boolean[] }[] = [];
  for (const file of files) {
    const { code, answer } = await server.askJson('feeds', 'import', file);
    const { items }: { items: { changed: boolean }[] } = JSON.parse(JSON.stringify(answer));
    outcomes.push({ code, changed: items.map(({ changed }) => changed) });
  }
  return outcomes;
}

function pairsOf({ items }: AssetFindings): string[] {
  return items.flatMap(({ packages, vulnerability }) => packages.map(({ name }) => `${name} ${vulnerability}`)).sort();
}

/** What `scan` finds on the same host with the same advisories. */
async function scannedPairs(): Promise<string[]> {
  const host = join(sharedData ?? '', 'hosts/bookworm-workstation');
  const { stdout } = await run([
    'scan',
    ...['--dpkg-status', join(host, 'dpkg-status.gz'), '--os-release', join(host, 'os-release')],
    ...['--advisories', sharedFeeds['debian-osv'], '--json'],
  ]);
  const { findings }: { findings: { package: string; vulnerability: string }[] } = JSON.parse(stdout);
  return findings.map((finding) => `${finding.package} ${finding.vulnerability}`).sort();
}

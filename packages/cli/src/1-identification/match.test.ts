import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';
import { HAS_REAL_DATA, realFile } from './testing/real-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchsteward-match-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a file with that content. */
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const osv = (id: string, ecosystem: string, name: string, fixed: string, members: Record<string, unknown> = {}) => ({
  id,
  modified: '2026-07-02T10:00:00Z',
  affected: [
    { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] },
  ],
  ...members,
});
const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const bill = (...purls: string[]) =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    components: purls.map((purl) => ({ type: 'library', name: purl, purl })),
  });

const DSA = osv('DSA-5000-1', 'Debian:12', 'curl', '7.88.1-11', { upstream: ['CVE-2026-0001'] });
const ALSA = osv('ALSA-2026:1', 'AlmaLinux:9', 'bind-libs', '32:9.16.23-15.el9', { related: ['CVE-2026-0002'] });
const GHSA = osv('GHSA-aaaa-bbbb-cccc', 'npm', 'minimist', '1.2.6', { aliases: ['CVE-2021-44906'] });
const SECDB = JSON.stringify({
  distroversion: 'v3.19',
  reponame: 'main',
  urlprefix: 'https://dl-cdn.alpinelinux.org/alpine',
  packages: [{ pkg: { name: 'openssl', secfixes: { '3.1.4-r1': ['CVE-2023-5678'], '0': ['CVE-2022-3996'] } } }],
});
const TRACKER = JSON.stringify({
  curl: {
    'CVE-2026-0001': { releases: { bookworm: { status: 'resolved', fixed_version: '7.88.1-10' } } },
    'CVE-2026-0003': { releases: { bookworm: { status: 'open', nodsa: 'Minor issue' } } },
  },
});

const debian = file('debian.jsonl', lines(DSA));
const everything = [
  '-a',
  debian,
  '-a',
  file('alma.jsonl.gz', gzipSync(lines(ALSA))),
  '-a',
  file('npm.json', lines(GHSA)),
  '-a',
  file('secdb.json', SECDB),
];
const status = file(
  'status',
  'Package: libcurl4\nStatus: install ok installed\nArchitecture: amd64\nSource: curl (7.88.1-10)\nVersion: 7.88.1-10+b1\n\n',
);

async function answer(...argv: readonly string[]) {
  const { code, stdout, stderr } = await run(['match', ...argv, '--json']);
  return { code, stderr, body: JSON.parse(stdout) };
}
const found = (body: {
  findings: { package: string; vulnerability: string; fixed: string | null; status: string }[] | null;
}) => body.findings?.map((one) => `${one.package} ${one.vulnerability} ${one.status} ${one.fixed}`);

it('says which fix comes to subscribers alone', async () => {
  const record = osv('UBUNTU-CVE-2026-0009', 'Ubuntu:Pro:20.04:LTS', 'netty', '1:4.1.45-1ubuntu0.1~esm2');
  const packages = file('netty', 'package\tversion\tarchitecture\nnetty\t1:4.1.45-1\tall\n');
  const asked = ['match', '-p', packages, '-a', file('ubuntu.jsonl', lines(record)), '-d', 'ubuntu:20.04'];

  const { code, stdout } = await run(asked);
  const { stdout: json } = await run([...asked, '--json']);

  expect(code).toBe(3);
  expect(stdout).toContain('fixed in 1:4.1.45-1ubuntu0.1~esm2');
  expect(stdout).toContain('The fix comes to subscribers alone: netty 1:4.1.45-1ubuntu0.1~esm2 of Ubuntu Pro');
  expect(stdout).toContain('subscribe the host (Ubuntu Pro: pro attach)');
  expect(JSON.parse(json).findings[0].reasons[0].code).toBe('fix-needs-subscription');
});

describe('what the vendor is still looking into', () => {
  const open = (vulnerability: string) => ({ [vulnerability]: { releases: { bookworm: { status: 'undetermined' } } } });
  const tracker = file('undetermined.json', JSON.stringify({ curl: open('CVE-2026-0004') }));
  const asked = ['-p', status, '-a', tracker, '-d', 'debian:12'];

  it('is told, and is not clean', async () => {
    const { code, stdout } = await run(['match', ...asked]);

    expect(code).toBe(1);
    expect(stdout).not.toContain('No findings');
    expect(stdout).toContain(
      'Not known yet, and so not safe: 1 vulnerability of which nobody says whether what is installed is affected',
    );
    expect(stdout).toContain('curl 7.88.1-10 is being investigated by the vendor');
  });

  it('stands apart in the JSON, beside findings as well', async () => {
    const { code, body } = await answer(...asked, '-a', debian);

    expect(code).toBe(3);
    expect(found(body)).toEqual(['libcurl4 CVE-2026-0001 affected 7.88.1-11']);
    expect(body.undecided).toMatchObject([
      { package: 'libcurl4', vulnerability: 'CVE-2026-0004', status: 'under_investigation', reasons: [] },
    ]);
  });

  it('is told for many in a few lines', async () => {
    const many = Object.assign({}, ...Array.from({ length: 23 }, (_, number) => open(`CVE-2026-10${number + 10}`)));

    const { stdout } = await run([
      'match',
      '-p',
      status,
      '-a',
      file('many.json', JSON.stringify({ curl: many })),
      '-d',
      'debian:12',
    ]);

    expect(stdout).toContain('23 vulnerabilities of which nobody says whether what is installed is affected');
    expect(stdout).toContain('  and 3 more; --json has all of them');
  });
});

describe('a list of packages', () => {
  const table = 'package\tversion\tarchitecture\tsource\tsource_version\tstatus\tessential\n';
  const apk = 'C:Q1x=\nP:libssl3\nV:3.1.4-r0\nA:x86_64\no:openssl\nF:lib\n\nP:musl\nV:1.2.4-r2\nA:x86_64\no:musl\n\n';

  it.each<[string, string, string | null, string, string[]]>([
    [
      'dpkg-status',
      'Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 7.88.1-10\n\n',
      'debian:12',
      'deb',
      ['curl CVE-2026-0001 affected 7.88.1-11'],
    ],
    [
      'table',
      `${table}libcurl4\t2:1\tamd64\tcurl\t7.88.1-10\tii \tno\ncurl\t7.88.1-1\tamd64\tcurl\t7.88.1-1\trc \tno\n`,
      'bookworm',
      'deb',
      ['libcurl4 CVE-2026-0001 affected 7.88.1-11'],
    ],
    [
      'table',
      'bind-libs\t32:9.16.23-14.el9\tx86_64\t(none)\nbash\t0:5.1.8-6.el9\tx86_64\t(none)\n',
      'almalinux:9.4',
      'rpm',
      ['bind-libs CVE-2026-0002 affected 32:9.16.23-15.el9'],
    ],
    ['apk-database', apk, 'alpine:3.19', 'apk', ['libssl3 CVE-2023-5678 affected 3.1.4-r1']],
    [
      'cyclonedx',
      bill('pkg:npm/minimist@1.2.5', 'pkg:deb/debian/curl@7.88.1-10?distro=debian-12'),
      null,
      'deb',
      ['curl CVE-2026-0001 affected 7.88.1-11', 'minimist CVE-2021-44906 affected 1.2.6'],
    ],
    [
      'spdx',
      JSON.stringify({
        spdxVersion: 'SPDX-2.3',
        packages: [
          { name: 'minimist', externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/minimist@1.2.5' }] },
        ],
      }),
      null,
      'npm',
      ['minimist CVE-2021-44906 affected 1.2.6'],
    ],
    [
      'cyclonedx',
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>minimist</name>' +
        '<purl>pkg:npm/minimist@1.2.5</purl></component></components></bom>',
      null,
      'npm',
      ['minimist CVE-2021-44906 affected 1.2.6'],
    ],
    [
      'spdx',
      'SPDXVersion: SPDX-2.2\nPackageName: minimist\nExternalRef: PACKAGE-MANAGER purl pkg:npm/minimist@1.2.5\n',
      null,
      'npm',
      ['minimist CVE-2021-44906 affected 1.2.6'],
    ],
  ])('is read as %s', async (format, content, distro, type, findings) => {
    const options = distro === null ? [] : ['--distro', distro];

    const { code, body, stderr } = await answer('-p', file('packages', content), ...everything, ...options);

    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(body.packages.format).toBe(format);
    expect(body.findings[0].type).toBe(type);
    expect(found(body)).toEqual(findings);
  });

  it('whose packages lack a version is told as such', async () => {
    const list = file('packages', bill('pkg:npm/minimist', 'pkg:npm/minimist@1.2.6'));

    const { code, body } = await answer('-p', list, ...everything);

    expect(code).toBe(1);
    expect(body).toMatchObject({
      packages: { listed: 2, judged: 1 },
      findings: [],
      unjudged: [{ type: 'npm', package: 'minimist', installed: null, reason: { code: 'version-missing' } }],
    });
  });

  it('with entries that name none keeps them apart', async () => {
    const components = [
      { type: 'library', name: 'mystery' },
      { type: 'library', purl: 'pkg:npm/minimist@1.2.6' },
    ];
    const list = file('packages', JSON.stringify({ bomFormat: 'CycloneDX', components }));

    const { code, body } = await answer('-p', list, ...everything);
    const { stdout } = await run(['match', '-p', list, ...everything]);

    expect(code).toBe(1);
    expect(body.packages.refused).toEqual([
      { entry: 'mystery', problem: 'it has no purl, so nobody knows what it is' },
    ]);
    expect(stdout).toContain('1 entry of the list not usable, for example: mystery: it has no purl');
  });

  it.each([
    ['nothing', '', 'is empty; give dpkg'],
    ['another JSON', '{"a":1}', 'it is neither CycloneDX nor SPDX 2 or 3; give dpkg'],
    ['a text that was cut off', '{"bomFormat":', 'packages is not JSON; give the whole file'],
    ['brackets without end', `{"a":${'['.repeat(100_000)}`, 'is nested more than 64 levels deep; give the whole file'],
    ['XML of another kind', '<html></html>', 'it is XML, but no CycloneDX; give dpkg'],
    [
      'a bill as tags that was cut off',
      'SPDXVersion: SPDX-2.3\nPackageNa',
      'its line 2 is no tag with a value; give dpkg',
    ],
    ['a bill of nothing', bill(), 'it lists no package; give dpkg'],
    [
      'the plain output of rpm',
      'bash-5.1.8-6.el9.x86_64\n',
      'nor what rpm prints in the form that the help shows; give dpkg',
    ],
    ['a table of nothing', 'package\tversion\n', 'it lists no package; give dpkg'],
    ['a database of apk that was cut off', 'P:musl\nV:1.2.4-r2', 'it ends within a line, so it was cut off; give dpkg'],
    ['a status file that was cut off', 'Package: curl\nVersion: 1', 'not a dpkg status database: line 2'],
  ])('is refused where it is %s', async (_, content, complaint) => {
    const { code, stdout, stderr } = await run(['match', '-p', file('packages', content), ...everything]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('is refused where it is no text, or damaged', async () => {
    const damaged = file('damaged', gzipSync('Package: curl').subarray(0, 20));
    const binary = file('binary', Uint8Array.of(0x50, 0xff, 0xfe));

    expect((await run(['match', '-p', damaged, ...everything])).stderr).toContain('the gzip data is damaged');
    expect((await run(['match', '-p', binary, ...everything])).stderr).toContain('is not UTF-8 text');
  });

  it('has rows that name nothing, or nothing that is known', async () => {
    const list = file('packages', 'type\tpackage\tversion\nnpm\tminimist\t1.2.5\n\t\t1\n\tcurl\t1\n');

    const { body } = await answer('-p', list, ...everything);

    expect(body.packages.refused).toEqual([
      { entry: 'line 3', problem: 'it names no package' },
      {
        entry: 'line 4',
        problem: 'nobody says what kind of package it is: say it with --distro, or in a column "type"',
      },
    ]);
    expect(found(body)).toEqual(['minimist CVE-2021-44906 affected 1.2.6']);
  });
});

describe('the answer', () => {
  it('says why: what decided, and what lost to it', async () => {
    const { body } = await answer(
      '-p',
      status,
      '-a',
      debian,
      '-a',
      file('tracker.json', TRACKER),
      '-d',
      'debian:12',
      '--all',
    );

    expect(body.findings).toMatchObject([
      { vulnerability: 'CVE-2026-0003', status: 'deferred', fixed: null, reasons: [{ code: 'no-fix-available' }] },
    ]);
    expect(body.cleared).toMatchObject([
      {
        package: 'libcurl4',
        installed: '7.88.1-10+b1',
        source: 'curl',
        sourceVersion: '7.88.1-10',
        vulnerability: 'CVE-2026-0001',
        status: 'fixed',
        fixed: '7.88.1-10',
        why: {
          sentence: expect.stringContaining('curl 7.88.1-10 is not below 7.88.1-10'),
          winning: { feed: 'debian-tracker', authority: 'vendor-status' },
          losing: [{ feed: 'debian-osv', advisory: 'DSA-5000-1', because: 'lower-precedence' }],
        },
      },
    ]);
    expect(body.advisories).toMatchObject({ records: 1, quarantined: 0, dataAsOf: '2026-07-02T10:00:00.000Z' });
  });

  it('is grouped for people, with what to do', async () => {
    const { code, stdout } = await run(['match', '-p', status, '-a', debian, '-d', 'debian:12']);

    expect(code).toBe(3);
    expect(stdout.replaceAll(folder, '')).toBe(
      [
        '/status: 1 package',
        'judged by 1 file of advisories, the newest of 2026-07-02: 1 package of debian:12',
        '',
        'curl 7.88.1-10  1 vulnerability in 1 package',
        '  installed as  libcurl4',
        '  DSA-5000-1    fixed in 7.88.1-11: CVE-2026-0001',
        '  why           curl 7.88.1-10 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
        '  what to do    install curl 7.88.1-11 or newer',
        '',
        '1 finding: 1 vulnerability in 1 package of 1 source package',
        '',
      ].join('\n'),
    );
  });

  it('tells people what is fixed where they ask, and what will not be', async () => {
    const ended = JSON.stringify({
      curl: { 'CVE-2026-0001': { releases: { bookworm: { status: 'open', urgency: 'end-of-life' } } } },
    });
    const old = file('ended.json', ended);
    const fixed = file('fixed.json', TRACKER);

    const end = await run(['match', '-p', status, '-a', old, '-d', 'debian:12']);
    const all = await run(['match', '-p', status, '-a', fixed, '-d', 'debian:12', '--all']);

    expect(end.stdout).toContain('what to do    no fix will come; move to a supported release, or remove the package');
    expect(all.stdout).toContain('what to do    nothing to install yet; mitigate');
    expect(all.stdout).toContain('CVE-2026-0001  fixed: curl 7.88.1-10 is not below 7.88.1-10');
  });

  it('is 0 where all is judged and clean', async () => {
    const clean = file('packages', bill('pkg:npm/minimist@1.2.6'));

    const { code, stdout } = await run(['match', '-p', clean, ...everything]);

    expect(code).toBe(0);
    expect(stdout).toContain('No findings: nothing that was judged is affected.\n');
  });

  it('is no clean bill where nothing was judged', async () => {
    const list = file('packages', bill('pkg:cargo/time@0.1.0', 'pkg:deb/debian/curl@1?distro=debian-13'));

    const { code, body } = await answer('-p', list, ...everything);
    const { stdout } = await run(['match', '-p', list, ...everything]);

    expect(code).toBe(1);
    expect(body).toMatchObject({ findings: null, contested: null, packages: { judged: 0 } });
    expect(body.unjudged.map(({ reason }: { reason: { code: string } }) => reason.code)).toEqual([
      'release-not-covered',
      'release-not-covered',
    ]);
    expect(stdout).toContain('not judged: no advisory speaks of any of them\n');
    expect(stdout).toContain(
      '2 packages not judged, for example: Not judged: none of the loaded feeds speaks of cargo',
    );
  });

  it('marks what is exploited, and takes folders', async () => {
    const kev = JSON.stringify({
      title: 'CISA Catalog of Known Exploited Vulnerabilities',
      catalogVersion: '2026.08.07',
      dateReleased: '2026-08-07T00:00:00Z',
      count: 1,
      vulnerabilities: [
        { cveID: 'CVE-2026-0001', vulnerabilityName: 'curl', dateAdded: '2026-08-07', dueDate: '2026-08-10' },
      ],
    });
    const feeds = mkdtempSync(join(folder, 'feeds-'));
    writeFileSync(join(feeds, 'kev.json'), kev);
    writeFileSync(join(feeds, 'debian.jsonl'), lines(DSA));
    writeFileSync(join(feeds, 'notes.json'), '{}');

    const { body } = await answer('-p', status, '-a', feeds, debian, '-d', 'debian:12');

    expect(body.findings).toMatchObject([{ knownExploited: true }]);
    expect(body.advisories.files.map((path: string) => path.replace(feeds, ''))).toEqual([
      '/debian.jsonl',
      '/kev.json',
      debian,
    ]);
  });

  it('shows what it does on a terminal, and takes it away', async () => {
    const { stderr } = await run(['match', '-p', status, '-a', debian, '-d', 'debian:12'], { columns: 80 });

    expect(stderr).toContain('reading');
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  });
});

describe('advisories', () => {
  it.each([
    ['no advisories', 'no advisories', 'is not JSON; fetch the file again'],
    ['a zip that was cut off', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'it has no directory, so it was cut off'],
    ['records of nothing that is known', lines(osv('X-1', 'Plan9:4', 'a', '1')), 'no advisory'],
  ])('of %s', async (_, content, complaint) => {
    const { code, stderr, stdout } = await run([
      'match',
      '-p',
      status,
      '-a',
      file('given', content),
      '-d',
      'debian:12',
    ]);

    expect(code).toBe(1);
    expect(stderr + stdout).toContain(complaint);
  });

  it('that cannot be used are named, each with its problem, and the rest judges', async () => {
    const broken = file('broken.jsonl', lines(DSA, { id: 'DSA-7-1' }, osv('X-1', 'Plan9:4', 'a', '1')));

    const { code, body, stderr } = await answer('-p', status, '-a', broken, '-d', 'debian:12');

    expect(code).toBe(3);
    expect(body.advisories).toMatchObject({
      quarantined: 2,
      quarantinedRecords: [
        { file: broken, record: 'DSA-7-1', problem: 'it names no package' },
        { file: broken, record: 'X-1: Plan9:4 a', problem: 'Plan9:4 is nothing that can be judged' },
      ],
    });
    expect(stderr).toContain('2 records could not be used; the first is DSA-7-1: it names no package');
  });

  it('must be given', async () => {
    const exploits = file(
      'kev.json',
      '{"title":"CISA","catalogVersion":"1","dateReleased":"2026-08-07T00:00:00Z","count":0,"vulnerabilities":[]}',
    );

    expect(await run(['match', '-p', status])).toMatchObject({ code: 2 });
    const { code, stderr } = await run(['match', '-p', status, '-a', exploits]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "none of the given files holds advisories; give advisories in OSV form, CSAF documents, updateinfo.xml, Alpine's secdb",
    );
  });

  it('need a release that is known', async () => {
    const { code, stderr } = await run(['match', '-p', status, '-a', debian, '-d', 'sid']);

    expect(code).toBe(2);
    expect(stderr).toContain(
      '"sid" names no release of a distribution that advisories speak of; write it like debian:12',
    );
  });
});

describe.skipIf(!HAS_REAL_DATA)('a real host', () => {
  it.each(['dpkg-status.gz', 'packages.tsv.gz'])('has the same 359 findings in its %s', async (name) => {
    const list = realFile(`hosts/bookworm-workstation/${name}`);

    const { code, body } = await answer('-p', list, '-a', realFile('debian/dsa-dla-osv.jsonl.gz'), '-d', 'debian:12');

    expect({ code, judged: body.packages.judged }).toEqual({ code: 3, judged: 756 });
    expect(body.findings.length).toBe(359);
    expect(new Set(found(body)).size).toBe(359);
    expect(body.unjudged).toEqual([]);
    expect(body.contested.length).toBe(4);
  });

  it("has more where Debian's tracker speaks of what has no advisory", async () => {
    const list = realFile('hosts/bookworm-workstation/dpkg-status.gz');

    const { body } = await answer('-p', list, '-a', realFile('debian'), '-d', 'debian:12');

    const withFix = body.findings.filter(({ fixed }: { fixed: string | null }) => fixed !== null);
    expect({ withFix: withFix.length, all: body.findings.length }).toEqual({ withFix: 359, all: 573 });
  });
});

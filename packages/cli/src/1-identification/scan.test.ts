import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchsteward-scan-'));
const at = (name: string) => join(folder, name);

const paragraph = (name: string, version: string, more = '') =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\n${more}Version: ${version}\n\n`;

const STATUS = [
  paragraph('libcurl4', '2:1.0', 'Source: curl (7.88.1-10)\n'),
  paragraph('curl', '7.88.1-10'),
  paragraph('wget', '1.21-1'),
].join('');
const OS_RELEASE =
  'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n';

function advisory(id: string, vulnerabilities: readonly string[], name: string, fixed: string | null) {
  const events = [{ introduced: '0' }, ...(fixed === null ? [] : [{ fixed }])];
  return {
    id,
    modified: '2026-07-02T10:00:00Z',
    published: '2026-07-01T00:00:00Z',
    upstream: vulnerabilities,
    affected: [{ package: { ecosystem: 'Debian:12', name }, ranges: [{ type: 'ECOSYSTEM', events }] }],
  };
}

const FIX = advisory('DSA-5000-1', ['CVE-2026-0001', 'CVE-2026-0002'], 'curl', '7.88.1-11');
const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const KEV = JSON.stringify({
  title: 'CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: '2026.08.07',
  dateReleased: '2026-08-07T00:00:00Z',
  count: 1,
  vulnerabilities: [
    { cveID: 'CVE-2026-0002', vulnerabilityName: 'curl', dateAdded: '2026-08-07', dueDate: '2026-08-10' },
  ],
});

beforeAll(async () => {
  await mkdir(at('feeds/kev'), { recursive: true });
  await mkdir(at('nothing'));
  writeFileSync(at('status'), STATUS);
  writeFileSync(at('os-release'), OS_RELEASE);
  writeFileSync(at('fix.jsonl'), lines(FIX));
  writeFileSync(at('clean.jsonl'), lines(advisory('DSA-1-1', ['CVE-2020-0001'], 'curl', '7.0-1')));
  writeFileSync(at('feeds/osv.jsonl.gz'), gzipSync(lines(FIX)));
  writeFileSync(at('feeds/kev/kev.json'), KEV);
  writeFileSync(at('feeds/notes.txt'), 'no feed');
});
afterAll(() => rmSync(folder, { recursive: true }));

const HOST = ['scan', '--dpkg-status', at('status'), '--os-release', at('os-release')];

async function scanJson(...argv: readonly string[]) {
  const { code, stdout, stderr } = await run([...HOST, ...argv, '--json']);
  return { code, stderr, answer: JSON.parse(stdout) };
}

/** Runs with a file that has this content in place of the named option's. */
async function runWith(option: string, content: string | Uint8Array, ...more: readonly string[]) {
  writeFileSync(at('given'), content);
  const files: Record<string, string> = {
    '--dpkg-status': at('status'),
    '--os-release': at('os-release'),
    '--advisories': at('fix.jsonl'),
  };
  const argv = Object.entries({ ...files, [option]: at('given') }).flat();
  const { code, stdout, stderr } = await run(['scan', ...argv, ...more]);
  return { code, stdout, complaint: stderr.replaceAll(folder, '') };
}

describe('scan', () => {
  it('answers with one finding per binary package and vulnerability', async () => {
    const { code, answer, stderr } = await scanJson('--advisories', at('fix.jsonl'));

    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(answer).toMatchObject({
      packages: 3,
      judged: { kind: 'judged', scope: 'debian:12', sources: 2 },
      advisories: { files: [at('fix.jsonl')], records: 1, quarantined: 0, dataAsOf: '2026-07-02T10:00:00.000Z' },
      contested: [],
      undecided: [],
      unjudged: [],
      updates: null,
    });
    expect(answer.findings).toHaveLength(4);
    expect(answer.findings[2]).toEqual({
      package: 'libcurl4',
      installed: '2:1.0',
      source: 'curl',
      vulnerability: 'CVE-2026-0001',
      advisory: 'DSA-5000-1',
      fixed: '7.88.1-11',
      why: 'curl 7.88.1-10 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
      architecture: 'amd64',
      sourceVersion: '7.88.1-10',
      status: 'affected',
      knownExploited: null,
      offered: null,
      reasons: [],
    });
  });

  it('groups them by source package for people, with the fix and what to do', async () => {
    const { code, stdout } = await run([...HOST, '-a', at('feeds')]);

    expect(code).toBe(3);
    expect(stdout).toBe(
      [
        'Debian GNU/Linux 12 (bookworm): 3 packages',
        'judged by 1 advisory, the newest of 2026-07-02, as 2 source packages of debian:12',
        '',
        'curl 7.88.1-10  2 vulnerabilities in 2 packages',
        '  installed as  curl, libcurl4',
        '  DSA-5000-1    fixed in 7.88.1-11: CVE-2026-0001, CVE-2026-0002',
        '  exploited     CVE-2026-0002',
        '  why           curl 7.88.1-10 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
        '  what to do    install curl 7.88.1-11 or newer (apt-get install --only-upgrade curl libcurl4)',
        '',
        '4 findings: 2 vulnerabilities in 2 packages of 1 source package',
        '',
      ].join('\n'),
    );
  });

  it('says that a host is clean, and exits with 0', async () => {
    const { code, stdout } = await run([...HOST, '-a', at('clean.jsonl')]);

    expect(code).toBe(0);
    expect(stdout).toContain('No findings: nothing that is installed is affected.\n');
    expect((await scanJson('-a', at('clean.jsonl'))).answer.findings).toEqual([]);
  });

  it('takes several files and folders, and marks what is exploited', async () => {
    const { answer } = await scanJson('-a', at('clean.jsonl'), '-a', at('feeds'));

    expect(answer.advisories).toMatchObject({
      records: 2,
      files: [at('clean.jsonl'), at('feeds/kev/kev.json'), at('feeds/osv.jsonl.gz')],
    });
    expect(answer.findings.map(({ knownExploited }: { knownExploited: boolean }) => knownExploited)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('names held packages, missing fixes and what to do about them', async () => {
    const held = STATUS.replace('Package: curl\nStatus: install', 'Package: curl\nStatus: hold');
    const open = advisory('DSA-9-1', ['CVE-2026-0009'], 'wget', null);
    writeFileSync(at('open.jsonl'), lines(FIX, open));

    const { stdout } = await runWith('--dpkg-status', held, '-a', at('open.jsonl'));

    expect(stdout).toContain(
      '  note          curl is held or pinned, so its fix will not be installed; lift the hold, or the pin.\n',
    );
    expect(stdout).toContain(
      'lift the hold (apt-mark unhold curl, or its pin in /etc/apt/preferences.d); then install curl 7.88.1-11 or newer',
    );
    expect(stdout).toContain('  DSA-9-1       no fix: CVE-2026-0009\n');
    expect(stdout).toContain(
      '  what to do    nothing to install yet; mitigate, remove the package, or accept the risk\n',
    );
  });

  it('shows what is contested beside the findings', async () => {
    const repair = advisory('DSA-5000-2', ['CVE-2026-0001'], 'curl', '7.88.1-10+deb12u1');
    const first = advisory('DSA-5000-1', ['CVE-2026-0001'], 'curl', '7.88.1-10');

    const { code, stdout } = await runWith('--advisories', lines(first, repair));

    expect(code).toBe(0);
    expect(stdout).toContain(
      '2 findings not counted, as an earlier advisory says it is fixed; for example: curl 7.88.1-10',
    );
  });

  it('says which records it could not use, and goes on', async () => {
    const { code, complaint } = await runWith('--advisories', lines(FIX, { id: 'DSA-7-1' }));

    expect(code).toBe(3);
    expect(complaint).toMatch(/^patchsteward: \/given: one record could not be used; the first is DSA-7-1: modified: /);
  });
});

describe('what is not judged is not clean', () => {
  it('what the vendor is still looking into is told, and is not clean', async () => {
    const tracker = { curl: { 'CVE-2026-0004': { releases: { bookworm: { status: 'undetermined' } } } } };

    const { code, stdout } = await runWith('--advisories', JSON.stringify(tracker));

    expect(code).toBe(1);
    expect(stdout).not.toContain('No findings');
    expect(stdout).toContain(
      'Not known yet, and so not safe: 1 vulnerability of which nobody says whether what is installed is affected',
    );
  });

  it('without advisories', async () => {
    const { code, answer } = await scanJson();
    const { stdout } = await run(HOST);

    expect(code).toBe(1);
    expect(answer).toMatchObject({
      packages: 3,
      judged: { kind: 'not-judged', reason: { code: 'no-feed', clearableBy: ['admin'] } },
      advisories: null,
      findings: null,
      contested: null,
      unjudged: null,
      updates: null,
    });
    expect(stdout).toContain('\nnot judged: no feed\n');
  });

  it.each([
    ['another distribution', OS_RELEASE.replace('ID=debian', 'ID=raspbian')],
    ['another release', OS_RELEASE.replace('"12"', '"13"')],
    ['no release', OS_RELEASE.replace('VERSION_ID="12"\n', '')],
  ])('a release of which the advisories do not speak: %s', async (_, release) => {
    const { code, stdout } = await runWith('--os-release', release, '--json');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: null, judged: { reason: { code: 'release-not-covered' } } });
  });
});

describe('bad input', () => {
  const good = lines(FIX);

  it.each<[string, string, string | Uint8Array, string]>([
    [
      'advisories that are no JSON',
      '--advisories',
      'no advisories',
      'cannot use /given: the file is not JSON; fetch the file again',
    ],
    [
      'cut off advisories',
      '--advisories',
      good + good.slice(0, 40),
      'cannot use /given: line 2 is not JSON; fetch the file again',
    ],
    [
      'a cut off gzip',
      '--advisories',
      gzipSync(good.repeat(9)).subarray(0, 60),
      'cannot unpack /given: the gzip data is damaged; fetch the file again',
    ],
    [
      'a cut off zip',
      '--advisories',
      Uint8Array.of(0x50, 0x4b, 3, 4, 0),
      'cannot use /given: the archive is damaged: it has no directory, so it was cut off; fetch',
    ],
    [
      'advisories without end',
      '--advisories',
      `{"id":${'['.repeat(9_999)}`,
      'cannot use /given: the file is nested more than 64 levels deep; ',
    ],
    ['an empty file', '--advisories', '', 'cannot use /given: the file is empty; fetch the file again'],
    ['exploits alone', '--advisories', KEV, "none of the given files holds advisories; give Debian's advisories"],
    [
      'an os-release without a system',
      '--os-release',
      'NAME=Linux\n',
      '/given names no operating system (ID=…); give a copy of /etc/os-release',
    ],
    [
      'an os-release that is no text',
      '--os-release',
      Uint8Array.of(0xff, 0xfe),
      '/given is not UTF-8 text; check that it is the file you mean',
    ],
    ['an endless os-release', '--os-release', 'ID=x\n'.repeat(300_000), '/given is larger than 1 MiB; '],
    ['a status that is none', '--dpkg-status', 'hello\n', 'cannot use /given: not a dpkg status database: line 1: '],
    ['a cut off status', '--dpkg-status', STATUS.slice(0, -30), 'cannot use /given: not a dpkg status database: line '],
    [
      'an impossible version',
      '--dpkg-status',
      STATUS.replace('1.21-1', '1_21'),
      'wget has the impossible version "1_21"; check the package database',
    ],
    [
      'an impossible source version',
      '--dpkg-status',
      STATUS.replace('(7.88.1-10)', '(a:b)'),
      'source curl has the impossible version "a:b"; check the package database',
    ],
  ])('%s', async (_, option, content, expected) => {
    const { code, stdout, complaint } = await runWith(option, content);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(complaint).toContain(`patchsteward: ${expected}`);
  });

  it.each([
    ['a missing file', ['-a', at('missing')], `cannot read ${at('missing')}: there is no such file; check the path`],
    ['a folder without feeds', ['-a', at('nothing')], `the folder ${at('nothing')} holds no advisories; give`],
    ['a missing status', ['--dpkg-status', at('missing')], `cannot read ${at('missing')}: there is no such file`],
    ['a folder in place of a status', ['--dpkg-status', folder], `cannot read ${folder}: it is a folder; name a file`],
  ])('%s', async (_, argv, expected) => {
    const { code, stdout, stderr } = await run([...HOST, '-a', at('fix.jsonl'), ...argv]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`patchsteward: ${expected}`);
  });

  it.each([
    ['half of a host', ['scan', '--dpkg-status', at('status')], 'belong together'],
    ['the other half', ['scan', '--os-release', at('os-release')], 'belong together'],
    ['an operand', [...HOST, 'more'], 'too many arguments'],
    ['an unknown option', [...HOST, '--fast'], 'unknown option'],
  ])('is called wrong usage: %s', async (_, argv, expected) => {
    const { code, stdout, stderr } = await run(argv);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });

  it('a name that steers a terminal is shown without its power', async () => {
    const evil = advisory('DSA-\u001b[2J-1', ['CVE-2026-0001'], 'curl', '7.88.1-11');

    const { stdout } = await runWith('--advisories', lines(evil));

    expect(stdout).toContain('DSA-\ufffd[2J-1');
    expect(stdout).not.toContain('\u001b');
  });
});

const data = resolve(import.meta.dirname, '../../../..', process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data');

describe.skipIf(!existsSync(data))('a real host against real advisories', () => {
  const host = join(data, 'hosts/bookworm-workstation');
  const HOST_FILES = ['--dpkg-status', join(host, 'dpkg-status.gz'), '--os-release', join(host, 'os-release')];

  interface Row {
    package: string;
    installed: string;
    source: string;
    sourceVersion: string;
    vulnerability: string;
    advisory: string;
    fixed: string;
  }

  it('has exactly the findings that it should have', async () => {
    const { code, stdout } = await run([
      'scan',
      ...HOST_FILES,
      '--advisories',
      join(data, 'debian/dsa-dla-osv.jsonl.gz'),
      '--json',
    ]);

    const answer = JSON.parse(stdout);
    const findings: Row[] = answer.findings;
    const packages = new Set(findings.map((finding) => finding.package));
    const upgradable = new Set(
      readFileSync(join(host, 'apt-list-upgradable.txt'), 'utf8')
        .split('\n')
        .map((line) => line.split('/')[0]),
    );
    const expected: Record<string, string>[] = JSON.parse(readFileSync(join(host, 'expected-sample.json'), 'utf8'));
    const shown = findings.map(
      (row) =>
        `${row.package} ${row.installed} ${row.source} ${row.sourceVersion} ${row.vulnerability} ${row.advisory} ${row.fixed}`,
    );
    expect(code).toBe(3);
    expect(answer).toMatchObject({
      packages: 756,
      judged: { sources: 429 },
      advisories: { records: 2_354, quarantined: 0 },
    });
    expect({ findings: findings.length, packages: packages.size }).toEqual({ findings: 359, packages: 41 });
    expect([...packages].filter((name) => !upgradable.has(name))).toEqual([]);
    expect(findings.filter((row) => row.advisory.startsWith('DLA-')).length).toBe(178);
    expect(new Set(findings.map((row) => `${row.package} ${row.vulnerability}`)).size).toBe(359);
    expect(shown).toEqual(
      expect.arrayContaining(
        expected.map(
          (row) =>
            `${row['package']} ${row['version']} ${row['source']} ${row['source_version']} ${row['cve']} ${row['advisory']} ${row['fixed_version']}`,
        ),
      ),
    );
    // One vulnerability of PostgreSQL that a later advisory names again: Debian's tracker says it is fixed.
    expect(answer.contested.map((row: Row) => `${row.vulnerability} ${row.advisory}`)).toEqual(
      Array(4).fill('CVE-2026-6473 DSA-6269-1'),
    );
  });

  it('judges by a folder as match does', async () => {
    const folder = join(data, 'debian');
    const { stdout: scanned } = await run(['scan', ...HOST_FILES, '-a', folder, '--json']);
    const { stdout: matched } = await run([
      'match',
      '-p',
      HOST_FILES[1] ?? '',
      '-d',
      'debian:12',
      '-a',
      folder,
      '--json',
    ]);

    const told = (text: string): string[] =>
      JSON.parse(text).findings.map((row: Row) => `${row.package} ${row.vulnerability} ${row.advisory} ${row.fixed}`);
    expect(told(scanned).length).toBeGreaterThan(359);
    expect(told(scanned).sort()).toEqual(told(matched).sort());
  });

  it('finds its advisories in a folder of data of all kinds', async () => {
    const { code, stdout, stderr } = await run(['scan', ...HOST_FILES, '-a', data, '--json']);

    const answer = JSON.parse(stdout);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(answer.findings.length).toBe(573);
    expect(answer.advisories.files).toEqual([
      join(data, 'debian/dsa-dla-osv.jsonl.gz'),
      join(data, 'debian/tracker-shaped.json.gz'),
      join(data, 'kev/known_exploited_vulnerabilities.json.gz'),
    ]);
  });
});

describe('kernels', () => {
  const STATUS_OF_KERNELS = [
    paragraph('linux-image-6.1.0-40-amd64', '6.1.153-1', 'Source: linux-signed-amd64 (6.1.153+1)\n'),
    paragraph('linux-libc-dev', '6.1.153-1', 'Source: linux\n'),
  ].join('');
  const scanned = async (...argv: readonly string[]) => {
    writeFileSync(at('kernels'), STATUS_OF_KERNELS);
    writeFileSync(at('linux.jsonl'), lines(advisory('DSA-5002-1', ['CVE-2026-0003'], 'linux', '6.1.170-1')));
    const host = ['--dpkg-status', at('kernels'), '--os-release', at('os-release')];
    return run(['scan', ...host, '--advisories', at('linux.jsonl'), ...argv]);
  };

  it('puts headers into one line, and every row into --all and the JSON', async () => {
    const { code, stdout } = await scanned();
    const json = JSON.parse((await scanned('--json')).stdout);

    expect(code).toBe(3);
    expect(stdout).toContain('1 finding: 1 vulnerability in 1 package of 1 source package\n');
    expect(stdout).toMatch(/^Beside them 1 finding \(1 vulnerability\) of linux in 1 package that does not run: /m);
    expect((await scanned('--all')).stdout).toContain('2 findings: 1 vulnerability in 2 packages');
    expect(json.counts).toEqual({ findings: 2, ofIdleKernels: 1 });
    expect(json.findings).toHaveLength(2);
  });
});

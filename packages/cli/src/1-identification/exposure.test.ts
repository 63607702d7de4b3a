import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdvisorySourceBody, ExposureAnswer } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { exposure, idOf } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const NOTHING_KNOWN: Partial<ExposureAnswer> = {
  intelligence: { severity: 'unknown', severityFrom: null, said: null, knownExploited: null, epss: null },
  claims: [],
  assets: [],
  assetsTotal: 0,
};

describe('exposure', () => {
  it('says who is affected, why, and what fixes it', async () => {
    answering({ 'exposure.show': () => exposure() });

    const { code, stdout } = await ask('exposure', 'cve-2026-0001');

    expect(code).toBe(3);
    expect(stdout.split('\n')).toEqual([
      '1 asset is affected by CVE-2026-0001.',
      'Severity: high, says nvd.',
      'Known to be exploited since 2026-11-01, by ransomware too; CISA asks for the fix by 2026-11-21.',
      'EPSS of 2026-11-21: 94.3 % likely to be exploited within 30 days, more than 99.9 % of all.',
      'curl 7.88.1-10 is below 7.88.1-11, in which DSA-5000-1 fixes CVE-2026-0001.',
      '',
      'ASSET              CRITICALITY  STATUS    SOURCE          FIXED IN   SINCE       ADVISORY    WHAT TO DO',
      'web-1.example.org  high         affected  curl 7.88.1-10  7.88.1-11  2026-11-21  DSA-5000-1  Install curl 7.88.1-11 from deb.debian.org/debian bookworm/main.',
      '',
      'What vendors claim:',
      'ADVISORY    FEED        RELEASE    PACKAGE  STATUS    FIXED IN',
      'DSA-5000-1  debian-osv  debian:12  curl     affected  7.88.1-11',
      '',
    ]);
    expect(calls()).toMatchObject([{ params: { vulnerability: 'cve-2026-0001' }, query: { show: 'open' } }]);
  });

  it('says until when somebody answers for it, and still that it is affected', async () => {
    const [one] = exposure().assets;
    const answered = { response: idOf(9), kind: 'accept', until: '2026-12-01T12:00:00.000Z' } as const;
    answering({ 'exposure.show': () => exposure({ assets: one === undefined ? [] : [{ ...one, answered }] }) });

    const { code, stdout } = await ask('exposure', 'CVE-2026-0001');

    expect(code).toBe(3);
    expect(stdout).toContain('affected, accepted until 2026-12-01');
  });

  it('says with --why what lost, and with --all asks for every row', async () => {
    const [one] = exposure().assets;
    const losing = [
      { advisory: 'DSA-5001-1', feed: 'debian-osv', status: 'affected', because: 'fixed-in-higher-version' },
    ];
    const source: AdvisorySourceBody = {
      sha256: `sha256:${'ab'.repeat(32)}`,
      of: 'document',
      checkedBy: 'signature',
      signedBy: ['8F5F'],
    };
    const row = { losing, advisorySource: source, status: 'deferred', runs: false } as const;
    answering({
      'exposure.show': () => exposure({ assets: one === undefined ? [] : [{ ...one, ...row }] }),
    });

    const { stdout } = await ask('exposure', 'CVE-2026-0001', '--why', '--all');

    expect(stdout).toContain('deferred, does not run');
    expect(stdout).toContain('  decided by DSA-5000-1 of debian-osv\n');
    expect(stdout).toContain(`  read from a document, signed by 8F5F; sha256:${'ab'.repeat(32)}\n`);
    expect(stdout).toContain('  against DSA-5001-1 of debian-osv, affected: fixed in higher version\n');
    expect(calls()).toMatchObject([{ query: { show: 'all' } }]);
  });

  it('says why vendors call their products not affected, each reason once', async () => {
    const [claim] = exposure().claims;
    const said = {
      status: 'not_affected',
      fixed: null,
      justification: 'component_not_present',
      impact: 'No Java.',
    } as const;
    const claims = claim === undefined ? [] : [claim, { ...claim, ...said }, { ...claim, ...said, package: 'zlib' }];
    answering({ 'exposure.show': () => exposure({ claims }) });

    const { stdout } = await ask('exposure', 'CVE-2026-0001');

    expect(stdout.split('\n').filter((line) => line.includes('says why'))).toEqual([
      'DSA-5000-1 says why: component not present; No Java.',
    ]);
  });

  it('asks for a day of the past, and says what is of that day', async () => {
    const past = {
      at: '2026-05-01T23:59:59.999Z',
      historyFrom: '2026-04-01T00:00:00.000Z',
      assetsUnknownThen: 2,
      note: 'So it was.',
    };
    answering({ 'exposure.show': () => exposure({ past }) });

    const { stdout } = await ask('exposure', 'CVE-2026-0001', '--at', '2026-05-01');

    expect(stdout).toMatch(/As of 2026-05-01 .*; the first report that is kept is of 2026-04-01 .*\. 2 of the assets/);
    expect(calls()).toMatchObject([{ query: { at: '2026-05-01' } }]);
  });

  it.each(['yesterday', '2026-13-01', '2026-02-30', '2026-05-01T25:00:00Z'])('takes no "%s" for a day', async (day) => {
    expect(await ask('exposure', 'CVE-2026-0001', '--at', day)).toMatchObject({ code: 2 });
  });

  it('says by which names it is known', async () => {
    answering({
      'exposure.show': () => exposure({ vulnerability: 'GHSA-1', vulnerabilities: ['GHSA-1', 'CVE-2026-0001'] }),
    });

    expect((await ask('exposure', 'ghsa-1')).stdout).toContain('GHSA-1 is also known as CVE-2026-0001.\n');
  });

  it.each([
    ['affected', 0, 3],
    ['affected', 2, 3],
    ['not-affected', 0, 0],
    // "None of those that were judged" is no answer while others were not.
    ['not-affected', 2, 1],
    ['not-judged', 0, 1],
    ['not-judged', 2, 1],
  ] as const)('that is %s with %i assets not judged exits with %i', async (answer, assetsNotJudged, code) => {
    const said = exposure({
      answer,
      assetsNotJudged,
      ...(answer === 'affected' ? {} : NOTHING_KNOWN),
      sentence: 'So it is.',
    });
    answering({ 'exposure.show': () => said });

    expect(await ask('exposure', 'CVE-2026-0001')).toMatchObject({
      code,
      stdout: expect.stringMatching(/^So it is\.\n/),
    });
    expect(await askJson('exposure', 'CVE-2026-0001')).toEqual({ code, stderr: '', answer: said });
  });

  it('says no more than is known', async () => {
    answering({
      'exposure.show': () => exposure({ ...NOTHING_KNOWN, answer: 'not-judged', sentence: 'Not judged: no feed.' }),
    });

    expect((await ask('exposure', 'CVE-2026-0001')).stdout).toBe('Not judged: no feed.\n');
  });

  it('reads all pages of assets', async () => {
    const [one] = exposure().assets;
    answering({
      'exposure.show': ({ query }) => {
        const page = Number(query['cursor'] ?? 0);
        const assets = one === undefined ? [] : [{ ...one, assetId: idOf(page), assetName: `host-${page}` }];
        return exposure({ assets, assetsTotal: 3, next: page < 2 ? String(page + 1) : null });
      },
    });

    const { answer } = await askJson('exposure', 'CVE-2026-0001');
    const { stdout } = await ask('exposure', 'CVE-2026-0001');

    expect(answer).toMatchObject({ next: null, assets: [0, 1, 2].map((page) => ({ assetName: `host-${page}` })) });
    expect(stdout.match(/^host-\d/gm)).toEqual(['host-0', 'host-1', 'host-2']);
    expect(stdout.match(/is below/g)).toHaveLength(1);
  });

  it('counts the claims that a person would not read', async () => {
    answering({
      'exposure.show': () => exposure({ claims: Array.from({ length: 23 }, () => exposure().claims).flat() }),
    });

    const { stdout } = await ask('exposure', 'CVE-2026-0001');

    expect(stdout.match(/^DSA-5000-1 /gm)).toHaveLength(20);
    expect(stdout).toContain('and 3 more; --json has all of them\n');
  });

  it('needs something to ask for', async () => {
    expect(await ask('exposure')).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing is asked for') });
  });

  describe('of several ids', () => {
    const byId = (id: string): ExposureAnswer => {
      if (id === 'CVE-2026-0001') return exposure();
      const clear = { ...NOTHING_KNOWN, vulnerability: id, sentence: 'None is.' };
      return exposure({ ...clear, answer: id === 'CVE-2026-0003' ? 'not-judged' : 'not-affected' });
    };
    const file = async (text: string): Promise<string> => {
      const path = join(await mkdtemp(join(tmpdir(), 'ids-')), 'ids.txt');
      await writeFile(path, text);
      return path;
    };

    it('has a line for each, and exits by the gravest', async () => {
      answering({ 'exposure.show': ({ params }) => byId(String(params['vulnerability'])) });
      const ids = await file('# of today\nCVE-2026-0002\n\nCVE-2026-0001 # the bad one\nCVE-2026-0002\n');

      const { code, stdout } = await ask('exposure', '--file', ids);

      expect(code).toBe(3);
      expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
        ['ASKED', 'ANSWER'],
        ['CVE-2026-0002', 'not affected'],
        ['CVE-2026-0001', 'affected'],
        [''],
      ]);
      expect((await askJson('exposure', 'CVE-2026-0002', 'CVE-2026-0003')).code).toBe(1);
      expect((await ask('exposure', '--file', await file('CVE-2026-0002\n'))).code).toBe(0);
    });

    it('is CSV with a row for each version on each asset, and for each id without any', async () => {
      answering({ 'exposure.show': ({ params }) => byId(String(params['vulnerability'])) });

      const { code, stdout } = await ask('exposure', 'CVE-2026-0001', 'CVE-2026-0003', '--csv');

      const [header, ...rows] = stdout.split('\r\n');
      expect(code).toBe(3);
      expect(header).toMatch(/^asked,answer,asset,asset_id,criticality,/);
      expect(rows[0]).toMatch(/^CVE-2026-0001,affected,web-1\.example\.org,/);
      expect(rows[1]).toMatch(/^CVE-2026-0003,not-judged,,+$/);
    });

    it('refuses CSV that is JSON, and a file that is not there', async () => {
      expect((await ask('exposure', 'CVE-1', '--csv', '--json')).code).toBe(2);
      expect((await ask('exposure', '--file', '/nowhere/ids.txt')).code).toBe(1);
    });
  });
});

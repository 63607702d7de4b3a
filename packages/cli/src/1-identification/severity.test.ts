import type { SeverityOutcome, SeverityRow, SeverityWords } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { EXPLOITED } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const OUTCOME: SeverityOutcome = {
  vulnerabilities: 2,
  notFound: 1,
  saidBefore: [],
  findings: 12,
  moves: [
    {
      ...{ from: 'critical', to: 'routine', vulnerabilities: 1, findings: 12 },
      ...{ dueBefore: '2026-11-24T12:00:00.000Z', dueAfter: '2026-12-22T12:00:00.000Z' },
    },
  ],
  campaigns: [
    {
      ...{ id: '01890000-0000-7000-8000-000000000001', title: 'curl 2 on debian:12', lane: 'critical' },
      ...{ due: null, laneAfter: 'routine', dueAfter: '2026-12-22T12:00:00.000Z', outcome: 'needs-signatures' },
    },
  ],
};

const ROW: SeverityRow = {
  vulnerability: 'CVE-2026-0001',
  feeds: ['debian-osv'],
  sources: ['curl'],
  scopes: ['debian:12'],
  assets: 1_200,
  lane: 'critical',
  due: '2026-11-22T20:00:00.000Z',
  late: false,
  advisory: 'DSA-5000-1',
  advisoryUrl: null,
  intelligence: {
    ...EXPLOITED,
    said: {
      ...{ severity: 'low', by: 'Ada Example', at: '2026-11-20T12:00:00.000Z', why: 'local only' },
      ...{ source: { severity: 'high', from: 'nvd' }, differs: true },
    },
  },
};

const PAGE = { items: [ROW], next: null, total: 1, scopes: ['debian:12'], countedAt: null, countingSince: null };
const JUDGE = ['severity', 'judge', 'CVE-2026-0001', 'CVE-2026-0002', '--as', 'medium', '--why', 'local only'];

describe('severity list', () => {
  it('shows what waits, and says so with its exit code', async () => {
    answering({ 'severity.list': () => PAGE });

    const { code, stdout } = await ask('severity', 'list', '--source', 'curl', '--search', 'CVE');

    expect(code).toBe(3);
    expect(stdout.split('\n')).toEqual([
      'VULNERABILITY  SOURCES  ASSETS  LANE      DUE         EXPLOITED  ADVISORY',
      'CVE-2026-0001  curl      1,200  critical  in 8 hours  yes        DSA-5000-1',
      '',
    ]);
    expect(calls()).toMatchObject([{ query: { state: 'unknown', source: 'curl', search: 'CVE' } }]);
  });

  it('shows what was said beside what sources say', async () => {
    answering({ 'severity.list': () => PAGE });

    const { code, stdout } = await ask('severity', 'list', '--judged');

    expect(code).toBe(0);
    expect(stdout).toMatch(/low +Ada Example +high +local only/);
    expect(calls()).toMatchObject([{ query: { state: 'judged' } }]);
  });

  it('shows what counts beside what sources say by now, and that it waits', async () => {
    answering({
      'severity.list': () => ({ ...PAGE, items: [{ ...ROW, intelligence: { ...EXPLOITED, held: HELD } }] }),
    });

    const { code, stdout } = await ask('severity', 'list', '--held');

    expect(code).toBe(3);
    expect(stdout).toContain('high (CVSS 7.8), says NVD, exploitation public poc, not listed as exploited');
    expect(calls()).toMatchObject([{ query: { state: 'held' } }]);
  });

  it('does not list two things at once', async () => {
    answering({});

    expect(await ask('severity', 'list', '--held', '--judged')).toMatchObject({ code: 2 });
  });

  it.each([
    [[], /^Nothing waits for Security/],
    [['--judged'], /^Security has judged nothing/],
    [['--held'], /^Nothing could move down/],
    [['--search', 'x'], /^Nothing has these words/],
  ])('says why there is nothing: %j', async (argv, expected) => {
    answering({ 'severity.list': () => ({ ...PAGE, items: [], total: 0 }) });

    expect(await ask('severity', 'list', ...argv)).toMatchObject({ code: 0, stdout: expect.stringMatching(expected) });
  });
});

const WORDS: SeverityWords = {
  ...{ vulnerability: 'CVE-2026-0001', distribution: null, cvss: 7.8, voices: ['vendor', 'cna', 'nvd'] },
  intelligence: { ...EXPLOITED, severity: 'high', severityFrom: 'redhat (CNA)' },
  ratings: [
    {
      ...{ voice: 'cna', source: 'redhat', distribution: null, scale: 'cvss-3.1', vector: 'CVSS:3.1/AV:L', score: 7.8 },
      ...{ level: 'high', stated: { score: 7.8, level: 'HIGH' }, problem: null, record: 'CVE-2026-0001' },
      ...{ at: '2026-11-20T12:00:00.000Z', place: 'believed' },
    },
    {
      ...{ voice: 'nvd', source: 'NVD', distribution: null, scale: 'cvss-3.1', vector: 'CVSS:3.1/AV:N', score: 9.8 },
      ...{ level: 'critical', stated: { score: 9.1, level: null }, problem: 'score-differs', record: 'CVE-2026-0001' },
      ...{ at: null, place: 'voice-comes-later' },
    },
  ],
  points: [
    {
      ...{ source: 'CISA-ADP', exploitation: 'active', automatable: null, technicalImpact: 'total' },
      ...{ version: '2.0.3', at: '2026-11-20T12:00:00.000Z', counts: true },
    },
  ],
  elsewhere: [{ distribution: 'ubuntu', severity: 'low', from: 'ubuntu' }],
  changes: [],
};

const HELD: NonNullable<SeverityRow['intelligence']['held']> = {
  ...{ severity: 'high', severityFrom: 'NVD', cvss: 7.8, knownExploited: null, since: '2026-11-20T12:00:00.000Z' },
  ssvc: { exploitation: 'public_poc', automatable: null, technicalImpact: null },
};

describe('severity show', () => {
  it('shows every source, which one is believed, and why the others are not', async () => {
    answering({ 'severity.show': () => WORDS });

    const { code, stdout } = await ask('severity', 'show', 'CVE-2026-0001', '--release', 'debian:12');

    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'CVE-2026-0001: high (CVSS 7.8), says redhat (CNA).',
      'On ubuntu: low, says ubuntu.',
      'Known to be exploited since 2026-11-01, by ransomware too.',
      'EPSS 94.3 % of 2026-11-21, model v2025.03.14.',
      '',
      expect.stringMatching(/^SOURCE +VOICE +SEVERITY +SCORE +VECTOR +WHEN +COUNTS +NOTE$/),
      expect.stringMatching(/^redhat +cna +high +7\.8 +CVSS:3\.1\/AV:L +2026-11-20 12:00 UTC +believed +-$/),
      expect.stringMatching(/^NVD +nvd +critical +9\.8 .* another voice comes first +its score does not follow/),
      'Believed first to last: Security, vendor of the distribution, CNA, NVD.',
      '',
      'SSVC:',
      expect.stringMatching(/^SOURCE +EXPLOITATION/),
      expect.stringMatching(/^CISA-ADP +active +unknown +total +2026-11-20 12:00 UTC +yes$/),
      '',
    ]);
    expect(calls()).toMatchObject([
      { params: { vulnerability: 'CVE-2026-0001' }, query: { distribution: 'debian:12' } },
    ]);
  });

  it('says that nobody says anything, and is not content with that', async () => {
    const intelligence = {
      ...EXPLOITED,
      severity: 'unknown',
      severityFrom: null,
      knownExploited: null,
      epss: null,
    } as const;
    answering({
      'severity.show': () => ({ ...WORDS, intelligence, ratings: [], points: [], elsewhere: [], cvss: null }),
    });

    expect(await ask('severity', 'show', 'CVE-2026-0001')).toMatchObject({
      code: 3,
      stdout:
        'CVE-2026-0001: no source says how severe it is; it runs on the critical clock until Security judges it.\n',
    });
    expect(await askJson('severity', 'show', 'CVE-2026-0001')).toMatchObject({ answer: { ratings: [] } });
  });

  it('refuses to be asked about nothing', async () => {
    expect(await ask('severity', 'show')).toMatchObject({ code: 2 });
  });
});

describe('what moved a vulnerability', () => {
  it('is told with both words, and that it could move down', async () => {
    const move = { at: '2026-11-20T12:00:00.000Z', what: 'rating', before: 'critical 9.8, says NVD' } as const;
    answering({
      'severity.show': () => ({
        ...{ ...WORDS, intelligence: { ...WORDS.intelligence, held: HELD } },
        changes: [{ ...move, kind: 'held', feed: 'nvd', after: 'high 7.8, says NVD' }],
      }),
    });

    const { stdout } = await ask('severity', 'show', 'CVE-2026-0001');

    expect(stdout).toContain('Sources say less by now: high (CVSS 7.8), says NVD');
    expect(stdout).toMatch(/down waits for Security +nvd +critical 9.8, says NVD +high 7.8, says NVD/);
  });
});

describe('severity follow', () => {
  const FOLLOW = ['severity', 'follow', 'CVE-2026-0001', '--why', 'NVD corrected it'];

  it('shows what would move, and agrees once it is confirmed', async () => {
    answering({ 'severity.preview': () => OUTCOME, 'severity.follow': () => OUTCOME });

    const { code, stdout } = await ask(...FOLLOW, '--yes');

    expect(code).toBe(0);
    expect(stdout).toContain('Agree to what sources say of 2 vulnerabilities by now.');
    expect(stdout).toContain('Agreed: of 2 vulnerabilities counts what sources say.');
    expect(calls()).toMatchObject([
      { body: { vulnerabilities: ['CVE-2026-0001'], severity: 'as-sources-say' } },
      { body: { vulnerabilities: ['CVE-2026-0001'], why: 'NVD corrected it' } },
    ]);
  });

  it.each([
    [FOLLOW, 1],
    [FOLLOW.slice(0, 3), 2],
  ])('does nothing by %j', async (argv, code) => {
    answering({ 'severity.preview': () => OUTCOME });

    expect(await ask(...argv)).toMatchObject({ code });
  });
});

describe('severity judge', () => {
  it('shows what would move, and changes nothing', async () => {
    answering({ 'severity.preview': () => OUTCOME });

    const { code, stdout } = await ask(...JUDGE, '--preview');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Say of 2 vulnerabilities: medium.',
      '  12 findings on assets; no asset has 1 of them',
      '  12 findings: critical -> routine, first due 2026-11-24 12:00 UTC -> 2026-12-22 12:00 UTC',
      '  campaign curl 2 on debian:12: critical -> routine; it stays until Security and an owner sign another lane',
      '',
    ]);
    expect(calls().map(({ id }) => id)).toEqual(['severity.preview']);
  });

  it('says it, once it is confirmed', async () => {
    answering({ 'severity.preview': () => OUTCOME, 'severity.judge': () => OUTCOME });

    const { code, stdout } = await ask(...JUDGE, '--yes');

    expect(code).toBe(0);
    expect(stdout).toContain('Said: 2 vulnerabilities, medium.\n');
    expect(calls().at(-1)).toMatchObject({
      id: 'severity.judge',
      body: {
        vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002'],
        severity: 'medium',
        why: 'local only',
        replace: false,
      },
    });
  });

  it('says nothing without a yes', async () => {
    answering({ 'severity.preview': () => OUTCOME });

    expect(await ask(...JUDGE)).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was said') });
    expect(calls().map(({ id }) => id)).toEqual(['severity.preview']);
  });

  it('prints what the API says', async () => {
    answering({ 'severity.preview': () => OUTCOME, 'severity.withdraw': () => OUTCOME });

    expect(await askJson('severity', 'withdraw', 'CVE-2026-0001', '--why', 'an exploit', '--yes')).toEqual({
      code: 0,
      stderr: '',
      answer: OUTCOME,
    });
  });

  it.each([
    [['severity', 'judge', 'CVE-2026-0001', '--as', 'unknown', '--why', 'x'], /Allowed choices are none, low/],
    [['severity', 'judge', 'CVE-2026-0001', '--as', 'low'], /--why/],
    [['severity', 'judge', 'CVE-2026-0001', '--as', 'low', '--why', ' '], /--why is empty/],
    [['severity', 'withdraw', '--why', 'x'], /missing required argument/],
  ])('refuses %j', async (argv, expected) => {
    expect(await ask(...argv)).toMatchObject({ code: 2, stderr: expect.stringMatching(expected) });
  });
});

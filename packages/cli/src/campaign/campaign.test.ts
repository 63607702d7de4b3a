import { describe, expect, it } from 'vitest';
import { asset, at, idOf, whole } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';
import { CAMPAIGN, PROPOSAL, SUMMARY, WAITS } from './testing/campaign-answers.ts';

const { answering, ask, askJson, calls } = asking();

const JOB = {
  job: `sha256:${'a'.repeat(64)}`,
  plan: `sha256:${'b'.repeat(64)}`,
  planKind: 'production' as const,
  assetId: idOf(1),
  asset: 'web-1',
  wave: 1,
  epoch: 3,
  state: 'succeeded',
  unknownSince: null,
  updatedAt: at(-1),
  blockedBy: null,
  trouble: null,
};

describe('campaign propose', () => {
  it('shows what could be opened, and how', async () => {
    answering({ 'proposal.list': () => ({ ...whole([PROPOSAL]), countedAt: at(-1), countingSince: null }) });

    const { code, stdout, stderr } = await ask('campaign', 'propose', '--search', 'openssl');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'DUE          LANE      PROPOSAL           VERSION           KIND      ASSETS  TEST  FIXES',
      'in 28 hours  critical  debian:12/openssl  3.0.17-1~deb12u3  security       1     0  CVE-2026-0001',
      '',
    ]);
    expect(stderr).toContain('patchsteward campaign open PROPOSAL');
    expect(calls()).toMatchObject([{ query: { search: 'openssl' } }]);
  });

  it.each([
    [[], /^Nothing to propose: /],
    [['--search', 'x'], /^No proposal has these words\.\n$/],
  ])('says why there are none: %j', async (argv, expected) => {
    answering({ 'proposal.list': () => ({ ...whole([]), countedAt: at(-1), countingSince: null }) });

    expect(await ask('campaign', 'propose', ...argv)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(expected),
    });
  });
});

describe('campaign open', () => {
  it('names its assets by their ids, and the requester', async () => {
    answering({ 'asset.list': () => whole([asset({ name: 'web-1' })]), 'campaign.open': () => SUMMARY });

    const { code, stdout } = await ask('campaign', 'open', PROPOSAL.id, '--asset', 'web-1', '--requester', 'ida');

    expect(code).toBe(0);
    expect(stdout).toContain(`${PROPOSAL.title}  ${SUMMARY.id}\n  1 asset, critical, due `);
    expect(stdout).toContain('ida is the requester');
    expect(calls().at(-1)).toMatchObject({
      id: 'campaign.open',
      body: { proposal: PROPOSAL.id, assets: [idOf(1)], requester: 'ida' },
    });
  });

  it('is for all assets where none is named', async () => {
    answering({ 'campaign.open': () => SUMMARY });

    expect(await askJson('campaign', 'open', PROPOSAL.id)).toMatchObject({ code: 0, answer: SUMMARY });
    expect(calls().at(-1)).toMatchObject({ body: { proposal: PROPOSAL.id } });
  });
});

describe('campaign list', () => {
  it('shows where each stands', async () => {
    answering({
      'campaign.list': () => whole([SUMMARY, { ...SUMMARY, id: idOf(8), ended: true, state: 'completed' }]),
    });

    const { code, stdout } = await ask('campaign', 'list', '--open');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^DUE\s+LANE\s+STATE\s+ROOM/);
    expect(stdout).toMatch(/\nin 28 hours\s+critical\s+planned\s+5-approval/);
    expect(stdout).toMatch(/\n-\s+critical\s+completed/);
    expect(calls()).toMatchObject([{ query: { open: true } }]);
  });

  it.each([
    [[], /^No campaign yet; /],
    [['--open'], /^No campaign is open; /],
    [['--search', 'x'], /^No campaign has these words\./],
  ])('says why there are none: %j', async (argv, expected) => {
    answering({ 'campaign.list': () => whole([]) });

    expect(await ask('campaign', 'list', ...argv)).toMatchObject({ code: 0, stdout: expect.stringMatching(expected) });
  });
});

describe('campaign show and explain', () => {
  it.each([
    ['its id', SUMMARY.id],
    ['the beginning of its id', SUMMARY.id.slice(0, 30)],
    ['its title', PROPOSAL.title.toUpperCase()],
  ])('find it by %s', async (_, named) => {
    answering({ 'campaign.list': () => whole([SUMMARY]), 'campaign.show': () => CAMPAIGN });

    const { code, stdout } = await ask('campaign', 'show', named);

    expect(code).toBe(0);
    expect(stdout).toContain('stands in   5-approval: planned');
    expect(stdout).toContain('assets      1 asset: web-1');
    expect(stdout).toContain(`now         ${WAITS.sentence}`);
  });

  it.each([
    ['nothing is called so', [], 1, 'there is no campaign openssl'],
    ['two are called so', [SUMMARY, { ...SUMMARY, id: idOf(8) }], 2, '2 campaigns are called'],
  ])('refuse where %s', async (_, items, code, complaint) => {
    answering({ 'campaign.list': () => whole(items.map((item) => ({ ...item, title: 'openssl' }))) });

    const answer = await ask('campaign', 'show', 'openssl');

    expect(answer).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(complaint) });
  });

  it.each([
    ['wait', 0],
    ['proceed', 0],
    ['ended', 0],
    ['stop', 3],
  ] as const)('explain %s in one sentence', async (verdict, code) => {
    answering({ 'campaign.show': () => ({ ...CAMPAIGN, explanation: { ...WAITS, verdict } }) });

    expect(await ask('campaign', 'explain', SUMMARY.id)).toMatchObject({ code, stdout: `${WAITS.sentence}\n` });
  });
});

describe('campaign jobs and events', () => {
  it.each([
    ['all is well', JOB, 0],
    ['a host failed', { ...JOB, state: 'rolled-back', trouble: 'post-install script of openssl ended with 1' }, 3],
    ['a host is silent', { ...JOB, state: 'granted', unknownSince: at(-1) }, 3],
  ])('jobs: %s', async (_, job, code) => {
    answering({ 'campaign.show': () => CAMPAIGN, 'campaign.jobs': () => whole([job]) });

    const answer = await ask('campaign', 'jobs', SUMMARY.id);

    expect(answer.code).toBe(code);
    expect(answer.stdout).toMatch(new RegExp(`web-1\\s+${job.state}`));
  });

  it('stragglers: who lags behind, why, and when they are taken up', async () => {
    const reason = {
      code: 'report-stale',
      subject: 'web-1',
      clearableBy: ['it'],
      by: null,
      sentence: 'web-1 is silent.',
    };
    const straggler = { assetId: idOf(3), asset: 'web-1', reasons: [reason] };
    const next = { from: '2026-11-25T02:00:00.000Z', until: '2026-11-25T03:00:00.000Z' };
    answering({
      'campaign.show': () => CAMPAIGN,
      'campaign.stragglers': () => ({
        items: [
          { ...straggler, next, takenUp: 'this-plan' },
          { ...straggler, asset: 'web-2', next: null, takenUp: 'next-campaign' },
        ],
      }),
    });

    const { code, stdout } = await ask('campaign', 'stragglers', SUMMARY.id);

    expect(code).toBe(3);
    expect(stdout.split('\n')).toEqual([
      'ASSET  WHY               TAKEN UP',
      'web-1  web-1 is silent.  from 2026-11-25 02:00 UTC on, by this plan',
      'web-2  web-1 is silent.  in another campaign',
      '',
    ]);
  });

  it('stragglers: none', async () => {
    answering({ 'campaign.show': () => CAMPAIGN, 'campaign.stragglers': () => ({ items: [] }) });

    expect(await ask('campaign', 'stragglers', SUMMARY.id)).toMatchObject({
      code: 0,
      stdout: 'No host lags behind.\n',
    });
  });

  it('events show what happened, when and by whom', async () => {
    const who = { actor: 'person:ida', by: 'ida', asset: null };
    const event = { stream: SUMMARY.id, version: 4, at: at(-1), ...who, kind: 'halt', leaf: idOf(9) };
    answering({
      'campaign.show': () => CAMPAIGN,
      'campaign.events': () => whole([{ ...event, body: { kind: 'halt', why: 'the mail server is down', plan: {} } }]),
    });

    const { code, stdout } = await ask('campaign', 'events', SUMMARY.id);

    expect(code).toBe(0);
    expect(stdout).toMatch(/halt\s+ida\s+\S+\s+why the mail server is down\n/);
  });
});

describe('campaign halt and withdraw', () => {
  it.each([
    [['halt', SUMMARY.id, '--why', 'mail is down'], 'campaign.halt', { why: 'mail is down' }],
    [['withdraw', SUMMARY.id, '--why', 'bad'], 'campaign.withdraw', { why: 'bad', vendor: false }],
    [['withdraw', SUMMARY.id, '--why', 'bad', '--by-vendor'], 'campaign.withdraw', { why: 'bad', vendor: true }],
  ])('%j', async (argv, id, body) => {
    answering({
      'campaign.show': () => CAMPAIGN,
      'campaign.halt': () => ({ ...SUMMARY, state: 'halted' }),
      'campaign.withdraw': () => ({ ...SUMMARY, state: 'withdrawn' }),
    });

    const { code, stdout } = await ask('campaign', ...argv);

    expect([code, stdout]).toEqual([0, expect.stringMatching(/ is (halted|withdrawn)\.\n$/)]);
    expect(calls().at(-1)).toMatchObject({ id, body });
  });

  it('want a reason', async () => {
    expect(await ask('campaign', 'halt', SUMMARY.id)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("required option '--why <text>'"),
    });
  });
});

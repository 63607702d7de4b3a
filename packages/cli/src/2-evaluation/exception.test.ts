import type { ExceptionDetail, ExceptionPage, ExceptionPreview } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { asking } from '../1-identification/testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const ID = '01890000-0000-7000-8000-000000000001';
const ONE: ExceptionDetail = {
  ...{ id: ID, state: 'requested', kind: 'accept', title: 'Accept CVE-2026-0001 on 2 assets', owner: 'Web team' },
  ...{ requester: 'ina', why: 'No restart before the sale.', control: 'A proxy\u001b[2J.', evidence: null },
  ...{ until: '2026-11-29T12:00:00.000Z', lane: null, due: null, fallen: 1, requestedAt: '2026-11-22T09:00:00.000Z' },
  basis: { findings: 2, assets: 2, lane: 'critical', due: null, exploited: 1, fixless: 0 },
  ...{ stoodFrom: null, endedAt: null, endsSoon: true, missing: [['owner'], ['security']], renews: null },
  ...{ renewedBy: null, mayAgree: true, mayNot: null },
  agreed: [{ person: 'otto', roles: ['owner'], at: '2026-11-22T10:00:00.000Z' }],
  target: { vulnerabilities: ['CVE-2026-0001'], sources: [], assets: [], group: null },
  barred: { agree: null, refuse: null, end: 'Only ina withdraws it.', renew: 'It is requested.' },
  covered: [
    {
      ...{ assetId: ID, assetName: 'web-1', vulnerability: 'CVE-2026-0001', source: 'curl' },
      fallen: { cause: 'now-exploited', at: '2026-11-22T10:00:00.000Z' },
    },
    { assetId: ID, assetName: 'web-2', vulnerability: null, source: null, fallen: null },
  ],
  coveredTotal: 9,
  events: [{ at: '2026-11-22T09:00:00.000Z', actor: 'ina', kind: 'requested', why: 'No restart before the sale.' }],
};
const PAGE: ExceptionPage = {
  ...{ items: [ONE], next: null, total: 1, counts: { requested: 1, standing: 0, endsSoon: 1 } },
};
const PREVIEW: ExceptionPreview = {
  ...{ basis: ONE.basis, seats: [['owner'], ['security']], termDaysMax: 30, untilMax: '2026-12-22T12:00:00.000Z' },
  ...{ raise: false, refusal: null, covered: [] },
  dues: { before: '2026-11-24T12:00:00.000Z', after: '2026-11-29T12:00:00.000Z', lateBefore: 2, lateAfter: 0 },
};
const REQUEST = [
  'exception',
  'request',
  'CVE-2026-0001',
  '--owner',
  'Web team',
  '--why',
  'No restart.',
  '--until',
  '7d',
];

describe('exception list', () => {
  it('shows what ends soon, and says so with its exit code', async () => {
    answering({ 'exception.list': () => PAGE });

    const { code, stdout } = await ask('exception', 'list', '--vulnerability', 'CVE-2026-0001', '--state', 'open');

    expect(code).toBe(3);
    expect(stdout).toMatch(/^ID +STATE +WHAT +LANE +FINDINGS +OPEN AGAIN +OWNER +ENDS/);
    expect(stdout).toMatch(/requested +Accept CVE-2026-0001 on 2 assets +critical +2 +1 +Web team +in \d+ days/);
    expect(calls()).toMatchObject([{ query: { state: 'open', vulnerability: 'CVE-2026-0001' } }]);
    await ask('exception', 'list', '--mine', '--state', 'expired');
    expect(calls().at(-1)).toMatchObject({ query: { state: 'expired', mine: 'yes' } });
  });

  it.each([
    [[], /^Nobody answers for anything/],
    [['--search', 'x'], /^Nothing fits/],
  ])('says why there is nothing: %j', async (argv, expected) => {
    answering({ 'exception.list': () => ({ ...PAGE, items: [], total: 0, counts: { ...PAGE.counts, endsSoon: 0 } }) });

    expect(await ask('exception', 'list', ...argv)).toMatchObject({ code: 0, stdout: expect.stringMatching(expected) });
  });
});

describe('exception request', () => {
  it('shows what it covers and who must agree, and asks for nothing', async () => {
    answering({ 'exception.preview': () => PREVIEW });

    expect(await ask(...REQUEST, '--preview')).toMatchObject({
      code: 0,
      stdout: [
        'This covers 2 findings on 2 assets, lane critical, 1 known to be exploited.',
        '  Must agree: owner, and security.',
        '  The first is due 2026-11-24 12:00 UTC, and would be due 2026-11-29 12:00 UTC; late now 2, then 0.',
        '  It may stand until 2026-12-22 12:00 UTC at most.',
        '',
      ].join('\n'),
    });
    expect(calls().map(({ id }) => id)).toEqual(['exception.preview']);
  });

  it('is asked for once it was confirmed', async () => {
    answering({ 'exception.preview': () => PREVIEW, 'exception.request': () => ONE });

    expect((await ask(...REQUEST)).code).toBe(1);
    expect(calls().map(({ id }) => id)).toEqual(['exception.preview']);

    const { code, answer } = await askJson(...REQUEST, '--yes', '--source', 'curl', '--control', 'A proxy');
    expect([code, answer]).toEqual([0, ONE]);
    expect(calls().at(-1)).toMatchObject({
      id: 'exception.request',
      body: {
        target: { vulnerabilities: ['CVE-2026-0001'], sources: ['curl'], assets: [], group: null },
        ...{ kind: 'accept', owner: 'Web team', control: 'A proxy', lane: null, due: null },
      },
    });
  });

  it('is not asked for where the server would refuse it', async () => {
    answering({ 'exception.preview': () => ({ ...PREVIEW, refusal: 'It may stand for 7 days at most.' }) });

    expect(await ask(...REQUEST, '--yes')).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining('7 days at most') },
    });
    expect((await ask(...REQUEST, '--preview')).code).toBe(1);
  });

  it.each([
    ['nothing is named', ['exception', 'request', '--owner', 'a', '--why', 'b', '--until', '7d', '--yes']],
    ['the time has no offset', [...REQUEST.slice(0, -1), '2026-12-01T12:00:00']],
    ['the kind is none', [...REQUEST, '--kind', 'ignore']],
    ['nobody answers for it', ['exception', 'request', 'CVE-1', '--why', 'b', '--until', '7d']],
  ])('is a mistake of use where %s', async (_, argv) => {
    expect((await ask(...argv)).code).toBe(2);
  });
});

describe('an exception', () => {
  it('is shown with what it covers and what happened, without the control characters of others', async () => {
    answering({ 'exception.list': () => PAGE, 'exception.show': () => ONE });

    const { code, stdout } = await ask('exception', 'show', '01890000');

    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    for (const line of [
      /^Accept CVE-2026-0001 on 2 assets {2}01890000/,
      /missing +owner, and security/,
      /you +may agree to it/,
      /agreed +otto \(owner\)/,
      /CVE-2026-0001 in curl on web-1: open again, as it is known to be exploited/,
      /whatever is found on web-2/,
      /and 7 more/,
      /2026-11-22 09:00 UTC {2}requested by ina: No restart/,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  it.each([
    [['agree', ID], 'exception.agree', {}],
    [['refuse', ID, '--why', 'Patch it.'], 'exception.refuse', { body: { why: 'Patch it.' } }],
    [['revoke', ID, '--why', 'Patched.'], 'exception.revoke', { body: { why: 'Patched.' } }],
    [
      ['renew', ID, '--why', 'Still.', '--until', '2026-12-10T00:00:00Z'],
      'exception.renew',
      { body: { why: 'Still.' } },
    ],
  ] as const)('%j', async (argv, id, sent) => {
    answering({ 'exception.show': () => ONE, [id]: () => ONE });

    expect((await ask('exception', ...argv)).code).toBe(1);
    expect(calls().map((call) => call.id)).toEqual(['exception.show']);

    expect((await ask('exception', ...argv, '--yes')).code).toBe(0);
    expect(calls().at(-1)).toMatchObject({ id, params: { id: ID }, ...sent });
  });

  it('is named by enough characters of its id', async () => {
    const other = { ...ONE, id: '01890000-0000-7000-8000-000000000002' };
    answering({ 'exception.list': () => ({ ...PAGE, items: [ONE, other] }) });

    expect(await ask('exception', 'show', '0189')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(other.id),
    });
    expect(await ask('exception', 'show', 'ff')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no exception'),
    });
  });
});

import type { Announcement, AnnouncementDetail, AnnouncementOutcome } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { at, idOf } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const HASH = `sha256:${'1f'.repeat(32)}`;
const ROW: Announcement = {
  ...{ id: 'acme-news-17', feed: 'acme-news', vendor: 'Acme', state: 'waiting', changed: false, revision: 2 },
  ...{ title: 'Router 9\u202e: update', url: 'https://acme.example/1', published: at(-48), seenAt: at(-3) },
  ...{ firstSeen: at(-40), waitingSince: at(-3), triage: null },
};
const CLAIM = {
  targets: [{ kind: 'product' as const, vendor: 'Acme', product: 'Router 9' }],
  ranges: [{ introduced: '9.0', fixed: '9.3.1', lastAffected: null }],
  ...{ vulnerabilities: ['CVE-2026-0001'], severity: 'high' as const },
};
const CLAIMED = {
  ...{ id: idOf(1), kind: 'claim' as const, revision: 1, claim: CLAIM, why: 'as its notes say', by: 'Sam Security' },
  ...{ at: at(-20), undoes: null },
};
const DETAIL: AnnouncementDetail = {
  ...ROW,
  ...{ entry: 'urn:acme:1', text: 'Update to 9.3.1.\nCVE-2026-0001', sha256: HASH, fileSha256: HASH },
  revisions: [{ revision: 2, title: 'Router 9: update', seenAt: at(-3), sha256: HASH }],
  ...{ difference: null, history: [], named: ['CVE-2026-0001'] },
  suggestions: [{ target: { kind: 'product', vendor: 'acme', product: 'router-9' }, versions: ['9.2'], assets: 3 }],
};
const PAGE = {
  ...{ items: [ROW], next: null, total: 1, counts: { waiting: 1, claimed: 4, dismissed: 7 } },
  feeds: [{ feed: 'acme-news', vendor: 'Acme', waiting: 1 }],
};
const OUTCOME: AnnouncementOutcome = { announcement: DETAIL, affected: 3, notCovered: [] };

describe('announcement list', () => {
  it('shows what waits, and says so with its exit code', async () => {
    answering({ 'announcement.list': () => PAGE });

    const { code, stdout } = await ask('announcement', 'list', '--feed', 'acme-news');

    expect(code).toBe(3);
    expect(stdout).toMatch(/acme-news-17 +Acme +waits +\d{4}-\d\d-\d\d +3 hours ago +- +Router 9�: update/);
    expect(calls()).toMatchObject([{ query: { state: 'waiting', feed: 'acme-news' } }]);
  });

  it('gives programs the answer of the server', async () => {
    answering({ 'announcement.list': () => PAGE });

    expect((await askJson('announcement', 'list', '--state', 'all')).answer).toEqual(PAGE);
  });

  it.each([
    ['no subscription', { feeds: [] }, [], /^There is no subscription. "patchsteward feeds add/],
    ['nothing waits', {}, [], /^Nothing waits: 4 became claims, 7 were dismissed/],
    ['nothing is like this', {}, ['--search', 'x'], /^No announcement is like this/],
  ])('says why there is nothing: %s', async (_, more, argv, expected) => {
    answering({ 'announcement.list': () => ({ ...PAGE, ...more, items: [], total: 0 }) });

    expect(await ask('announcement', 'list', ...argv)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(expected),
    });
  });
});

describe('announcement show', () => {
  it('shows its text, what it names and what of it is installed', async () => {
    answering({ 'announcement.show': () => DETAIL });

    const { code, stdout } = await ask('announcement', 'show', 'acme-news-17');

    expect(code).toBe(3);
    expect(stdout).toContain('Update to 9.3.1.\nCVE-2026-0001\n');
    expect(stdout).toContain('It names CVE-2026-0001.');
    expect(stdout).toContain('acme router-9 on 3 assets: 9.2');
    expect(stdout).toContain(`revision 2 of`);
  });

  it('shows what its vendor changed, and what was made of it before', async () => {
    const difference: AnnouncementDetail['difference'] = [
      { kind: 'same', text: 'Update.' },
      { kind: 'removed', text: 'Fixed in 9.3.0' },
      { kind: 'added', text: 'Fixed in 9.3.1' },
    ];
    answering({
      'announcement.show': () => ({ ...DETAIL, changed: true, triage: CLAIMED, difference, history: [CLAIMED] }),
    });

    const { stdout } = await ask('announcement', 'show', 'acme-news-17');

    expect(stdout).toContain('What was claimed before judges meanwhile.');
    expect(stdout).toMatch(/- Fixed in 9.3.0\n +\+ Fixed in 9.3.1/);
    expect(stdout).toMatch(/claimed by Sam Security from revision 1: as its notes say\n +affected: Acme Router 9/);
    expect(stdout).toContain('versions: >= 9.0 < 9.3.1');
  });
});

describe('announcement triage', () => {
  const triage = (...more: string[]) => ask('announcement', 'triage', 'acme-news-17', ...more, '--yes');

  it('sends what was read, of the revision that was shown', async () => {
    answering({ 'announcement.show': () => DETAIL, 'announcement.triage': () => OUTCOME });

    const { code, stdout } = await triage(
      ...['--product', 'Acme/Router 9', '--package', '@acme/lib@npm', '--range', '>=9.0, < 9.3.1', '--range', '<= 8.2'],
      ...['--cve', 'cve-2026-0001', '--severity', 'high', '--why', 'notes'],
    );

    expect(code).toBe(0);
    expect(stdout).toContain('3 assets affected by it.');
    expect(calls().at(-1)).toMatchObject({
      body: {
        ...{ revision: 2, why: 'notes' },
        claim: {
          targets: [
            { kind: 'product', vendor: 'Acme', product: 'Router 9' },
            { kind: 'package', name: '@acme/lib', release: 'npm' },
          ],
          ranges: [
            { introduced: '9.0', fixed: '9.3.1', lastAffected: null },
            { introduced: null, fixed: null, lastAffected: '8.2' },
          ],
          ...{ vulnerabilities: ['CVE-2026-0001'], severity: 'high' },
        },
      },
    });
  });

  it('says again what was claimed before', async () => {
    answering({
      'announcement.show': () => ({ ...DETAIL, changed: true, triage: CLAIMED }),
      'announcement.triage': () => ({ ...OUTCOME, affected: 0, notCovered: ['debian:12'] }),
    });

    const { stdout } = await triage('--as-before', '--revision', '2');

    expect(calls().at(-1)).toMatchObject({ body: { revision: 2, claim: CLAIM } });
    expect(stdout).toContain('No asset is affected by it. Nothing is judged on debian:12 until a feed covers it');
  });

  it.each([
    [[], 'it is not said what is affected'],
    [['--product', 'Router'], 'has no vendor'],
    [['--package', 'openssl'], 'says no release'],
    [['--product', 'a/b', '--range', '9.3'], 'is no range'],
    [['--product', 'a/b', '--range', '< 1 <= 2'], 'is no range'],
    [['--product', 'a/b', '--range', '< 1 < 2'], 'is no range'],
    [['--product', 'a/b', '--revision', 'x'], 'is no number'],
    [['--as-before'], 'nothing was claimed of acme-news-17 before'],
    [['--as-before', '--cve', 'CVE-2026-0001'], 'cannot be used with'],
  ])('refuses what nobody could mean: %j', async (argv, problem) => {
    answering({ 'announcement.show': () => DETAIL });

    const { code, stderr } = await triage(...argv);

    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });
});

describe('announcement dismiss and undo', () => {
  it('dismisses what was shown, each at its revision', async () => {
    answering({ 'announcement.show': () => DETAIL, 'announcement.dismiss': () => ({ dismissed: 2 }) });

    const { code, stdout } = await ask(
      ...['announcement', 'dismiss', 'acme-news-17', 'acme-news-18', 'acme-news-17', '--why', 'marketing', '--yes'],
    );

    expect(code).toBe(0);
    expect(stdout).toContain('Dismissed: 2 announcements.');
    expect(calls().at(-1)).toMatchObject({
      body: {
        announcements: [
          { id: 'acme-news-17', revision: 2 },
          { id: 'acme-news-18', revision: 2 },
        ],
        why: 'marketing',
      },
    });
  });

  it('takes back, with a reason', async () => {
    answering({ 'announcement.show': () => DETAIL, 'announcement.undo': () => DETAIL });

    expect(await ask('announcement', 'undo', 'acme-news-17', '--why', 'wrong', '--yes')).toMatchObject({
      ...{ code: 0, stdout: expect.stringContaining('acme-news-17 waits again.') },
    });
    expect(await ask('announcement', 'undo', 'acme-news-17', '--why', ' ', '--yes')).toMatchObject({ code: 2 });
  });
});

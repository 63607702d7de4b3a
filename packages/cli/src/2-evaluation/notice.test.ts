import type { TellingPreferences, Told } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { at, idOf } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';

const { answering, ask, calls } = asking();

const TOLD: Told = {
  ...{ id: idOf(1), person: 'sam', name: 'Sam Security', address: 'sam@example.org', state: 'sent', attempts: 1 },
  ...{ subject: 'Patchsteward: 1 emergency', matters: [{ kind: 'emergency', subject: 'CVE-2026-0001' }] },
  ...{ answer: '250 ok', createdAt: at(-2), sentAt: at(-2) },
};
const PREFERENCES: TellingPreferences = {
  mail: 'sam@example.org',
  kinds: [
    { kind: 'critical', way: 'digest', chosen: true, otherwise: 'at-once' },
    { kind: 'exploited', way: 'at-once', chosen: false, otherwise: 'at-once' },
  ],
};

describe('notice list', () => {
  it('shows who was told, when it was accepted, and what was answered', async () => {
    answering({ 'told.list': () => ({ items: [TOLD], next: null, total: 1, hasMail: true }) });

    const { code, stdout } = await ask('notice', 'list', '--about', 'CVE-2026-0001', '--person', 'sam');

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Sam Security \(sam\) +sent +2026-\d\d-\d\d \d\d:\d\d UTC +1 +Patchsteward: 1 emergency +250 ok/,
    );
    expect(calls()).toMatchObject([{ query: { about: 'CVE-2026-0001', person: 'sam' } }]);
  });

  it('asks for a kind and a time', async () => {
    answering({ 'told.list': () => ({ items: [], next: null, total: 0, hasMail: true }) });

    await ask('notice', 'list', '--kind', 'critical', '--from', '2026-11-01', '--until', '2026-11-02T12:00:00Z');

    expect(calls()).toMatchObject([
      { query: { kind: 'critical', from: '2026-11-01T00:00:00.000Z', until: '2026-11-02T12:00:00.000Z' } },
    ]);
  });

  it.each([
    ['--from', 'yesterday'],
    ['--until', '2026-13-01'],
    ['--kind', 'loud'],
  ])('refuses %s %s', async (option, text) => {
    expect(await ask('notice', 'list', option, text)).toMatchObject({ code: 2 });
  });

  it('says with its exit code that somebody could not be reached', async () => {
    const bounced: Told = { ...TOLD, state: 'bounced', sentAt: null };
    answering({ 'told.list': () => ({ items: [bounced], next: null, total: 1, hasMail: true }) });

    expect(await ask('notice', 'list')).toMatchObject({ code: 3 });
  });

  it.each([
    [true, [], 'Nobody was told of anything yet.\n'],
    [true, ['--about', 'kev'], 'Nobody was told of kev.\n'],
    [false, [], 'Nobody was told of anything yet. No mail server is set (smtpUrl and mailFrom).\n'],
  ])('says why there is nothing', async (hasMail, argv, stdout) => {
    answering({ 'told.list': () => ({ items: [], next: null, total: 0, hasMail }) });

    expect(await ask('notice', 'list', ...argv)).toMatchObject({ code: 0, stdout });
  });
});

describe('notice preferences', () => {
  it('changes what is said, and shows the rest', async () => {
    answering({ 'telling.set': () => PREFERENCES, 'telling.show': () => PREFERENCES });

    const { code, stdout } = await ask('notice', 'preferences', '--set', 'critical=digest');

    expect(code).toBe(0);
    expect(stdout).toMatch(/critical +digest +by you\nexploited +at-once +-\n/);
    expect(stdout).toContain('By mail to sam@example.org.');
    expect(calls()[0]).toMatchObject({ body: { kind: 'critical', way: 'digest' } });
  });

  it('takes back what was said', async () => {
    answering({ 'telling.set': () => PREFERENCES, 'telling.show': () => PREFERENCES });

    await ask('notice', 'preferences', '--set', 'critical=default');

    expect(calls()[0]).toMatchObject({ body: { kind: 'critical', way: null } });
  });

  it.each(['critical', 'critical=loud', 'x=quiet'])('refuses %s', async (text) => {
    expect(await ask('notice', 'preferences', '--set', text)).toMatchObject({ code: 2 });
  });
});

import type { Inbox, InboxItem } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { at, idOf, reason } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

function item(members: Partial<InboxItem> = {}): InboxItem {
  const campaign = idOf(7);
  return {
    ...{ id: `${campaign}:approve`, kind: 'approve', campaign, exception: null, title: 'openssl 3.0.18 on debian:12' },
    ...{ lane: 'critical', due: at(28), by: at(4), late: false, plan: null, hosts: 7 },
    ...{ hostNames: ['db-1', 'web-1'], as: ['change', 'owner'], barred: null },
    waiting: reason('approval-missing', 'An approval is missing.'),
    command: `patchsteward approve ${campaign} --plan sha256:ab --key ~/.ssh/id_ed25519.pub`,
    ...members,
  };
}

function inbox(items: readonly InboxItem[], notYours: readonly InboxItem[] = []): Inbox {
  const own = { items: [...items], next: null, total: items.length };
  return { ...own, notYours: [...notYours], notYoursTotal: notYours.length };
}

const BARRED = item({
  barred: reason('requester-never-approves', 'ivy asked for it, and never approves it.'),
  command: null,
});

describe('inbox', () => {
  it('says what waits, until when, on which hosts, why, and the command that answers it', async () => {
    answering({ 'inbox.list': () => inbox([item()]) });

    const { code, stdout } = await ask('inbox');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Approve or refuse the plan: openssl 3.0.18 on debian:12',
      expect.stringMatching(/^ {2}in 4 hours · lane critical · db-1, web-1 and 5 more$/),
      '  An approval is missing.',
      '  You can decide it as change or owner.',
      `  patchsteward approve ${idOf(7)} --plan sha256:ab --key ~/.ssh/id_ed25519.pub`,
      '',
    ]);
  });

  it('leads to the campaign where no signature clears it', async () => {
    answering({ 'inbox.list': () => inbox([item({ kind: 'cover-backups', command: null, lane: null, by: null })]) });

    const { stdout } = await ask('inbox');

    expect(stdout).toContain(`\n  patchsteward campaign explain ${idOf(7)}\n`);
    expect(stdout).toContain('\n  no term · db-1');
  });

  it('ends with findings where something is late', async () => {
    answering({ 'inbox.list': () => inbox([item({ by: at(-2), late: true })]) });

    expect((await ask('inbox')).code).toBe(3);
  });

  it('is calm where nothing waits, and says what waits for others', async () => {
    answering({ 'inbox.list': () => inbox([]) });
    expect(await ask('inbox')).toEqual({ code: 0, stdout: 'Nothing waits for you.\n', stderr: '' });

    answering({ 'inbox.list': () => inbox([], [BARRED]) });
    expect((await ask('inbox')).stdout).toContain('1 decision waits for others; --others shows them.');
  });

  it('says why what waits for others is not theirs, and gives no command for it', async () => {
    answering({ 'inbox.list': () => ({ ...inbox([], [BARRED]), notYoursTotal: 9 }) });

    const { stdout } = await ask('inbox', '--others');

    expect(stdout).toContain('ivy asked for it, and never approves it.');
    expect(stdout).toContain('and 8 more');
    expect(stdout).not.toContain('patchsteward approve');
  });

  it('gives a program everything, as the API has it', async () => {
    answering({ 'inbox.list': () => inbox([item()], [BARRED]) });

    const { code, answer } = await askJson('inbox');

    expect([code, answer]).toEqual([0, inbox([item()], [BARRED])]);
    expect(calls()).toHaveLength(1);
  });

  it('shows no control characters that a title brings', async () => {
    answering({ 'inbox.list': () => inbox([item({ title: 'openssl \u001b[2J' })]) });

    expect((await ask('inbox')).stdout).not.toContain('\u001b');
  });
});

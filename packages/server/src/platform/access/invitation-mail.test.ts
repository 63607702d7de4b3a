import { expect, it } from 'vitest';
import { type InvitationPost, presentInvitation } from './invitation-mail.ts';
import type { Account } from './people-store.ts';

const olga: Account = {
  id: 'id',
  login: 'olga',
  name: 'Olga Owner',
  roles: ['owner'],
  mail: 'olga@example.org',
  createdAt: 0,
  disabledAt: null,
  passwordExpiresAt: 0,
  invitedUntil: null,
};
const invitation = { secret: 'a-secret', expiresAt: Date.UTC(2026, 10, 26, 9) };
const says =
  (kind: string): InvitationPost['sendMail'] =>
  async () => ({ kind, answer: '250 ok' });

it.each<[string, Account, InvitationPost, string]>([
  [
    'the person has no address',
    { ...olga, mail: null },
    { consoleUrl: 'https://p', sendMail: says('accepted') },
    'no-address',
  ],
  ['no mail server is set', olga, { consoleUrl: 'https://p', sendMail: null }, 'no-mail-server'],
  ['nobody said where the console is', olga, { consoleUrl: undefined, sendMail: says('accepted') }, 'no-console-url'],
  ['the mail server takes it', olga, { consoleUrl: 'https://p', sendMail: says('accepted') }, 'sent'],
  ['the mailbox does not exist', olga, { consoleUrl: 'https://p', sendMail: says('bounced') }, 'failed'],
  ['the mail server is away', olga, { consoleUrl: 'https://p', sendMail: says('deferred') }, 'failed'],
])('where %s the link is shown all the same', async (_, account, post, mail) => {
  const made = await presentInvitation(post, account, invitation);
  expect(made).toMatchObject({ path: '/invitation#a-secret', mail, expiresAt: '2026-11-26T09:00:00.000Z' });
  expect(made.link).toBe(post.consoleUrl === undefined ? null : 'https://p/invitation#a-secret');
});

it('the message says whom, where, until when, and that it is nobody else’s; its id does not tell the secret', async () => {
  const sent: { readonly text: string; readonly messageId: string }[] = [];
  const sendMail: InvitationPost['sendMail'] = async (message) => {
    sent.push(message);
    return { kind: 'accepted', answer: '250 ok' };
  };
  await presentInvitation({ consoleUrl: 'https://patches.example.org/', sendMail }, olga, invitation);

  expect(sent[0]?.text).toContain('Good day Olga Owner');
  expect(sent[0]?.text).toContain('https://patches.example.org/invitation#a-secret\n');
  expect(sent[0]?.text).toContain('2026-11-26T09:00:00.000Z');
  expect(sent[0]?.messageId).not.toContain('a-secret');
});

import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMailDoor } from './mail.ts';

/** A real SMTP server that knows some mailboxes. */
const received: { readonly to: string; readonly mail: string }[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) => {
    if (address.startsWith('gone@')) done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    else if (address.startsWith('full@')) done(Object.assign(new Error('mailbox full'), { responseCode: 452 }));
    else done();
  },
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address).join(),
        mail: Buffer.concat(chunks).toString(),
      });
      done();
    });
  },
});
let port = 0;

beforeAll(async () => {
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const notice = { subject: 'Änderung an web-1', text: 'Grüße, am Montag.', messageId: '0123.n@patches.example.org' };

async function send(to: string, smtpUrl = `smtp://127.0.0.1:${port}`) {
  const door = openMailDoor({ smtpUrl, from: 'Patchsteward <patches@example.org>' });
  try {
    return await door.send({ ...notice, to });
  } finally {
    door.close();
  }
}

it('hands a message over with its own id, and keeps the answer as a receipt', async () => {
  const delivery = await send('olga@example.org');

  expect(delivery).toMatchObject({ kind: 'accepted', answer: expect.stringMatching(/^250/) });
  expect(received).toHaveLength(1);
  expect(received[0]?.to).toBe('olga@example.org');
  expect(received[0]?.mail).toContain('Message-ID: <0123.n@patches.example.org>');
  expect(received[0]?.mail).toContain('Auto-Submitted: auto-generated');
  expect(received[0]?.mail).toContain('From: Patchsteward <patches@example.org>');
});

it.each([
  ['a mailbox that is not there', 'gone@example.org', 'bounced', /no such mailbox/],
  ['a mailbox that is full', 'full@example.org', 'deferred', /mailbox full/],
] as const)('%s: %s is %s', async (_, to, kind, answer) => {
  const delivery = await send(to);

  expect(delivery.kind).toBe(kind);
  expect(delivery.answer).toMatch(answer);
  expect(received.filter((mail) => mail.to === to)).toEqual([]);
});

it('a server that is not there defers', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const address = closed.address();
  await new Promise((resolve) => closed.close(resolve));

  const delivery = await send(
    'olga@example.org',
    `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 1}`,
  );

  expect(delivery.kind).toBe('deferred');
});

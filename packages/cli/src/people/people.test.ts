import type { InvitationMade, PersonBody } from '@patchsteward/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FakeRefusal, FakeServer } from '../platform/testing/fake-server.ts';
import { run } from '../platform/testing/run.ts';

let server: FakeServer;
beforeAll(async () => {
  server = await FakeServer.start();
});
afterAll(() => server.close());
afterEach(() => {
  server.calls.length = 0;
  server.answers = {};
});

const ask = (argv: readonly string[], stdin = '') =>
  run(argv, { stdin, environment: { PATCHSTEWARD_DATA: server.data } });
const olga: PersonBody = {
  id: '01890000-0000-7000-8000-000000000001',
  login: 'olga',
  name: 'Olga Owner',
  roles: ['owner'],
  mail: 'olga@example.org',
  createdAt: '2026-11-22T18:00:00.000Z',
  disabledAt: null,
  passwordExpiresAt: '2026-11-25T18:00:00.000Z',
  invitedUntil: null,
};
const invitation: InvitationMade = {
  path: '/invitation#a-secret',
  link: null,
  expiresAt: '2026-11-26T18:00:00.000Z',
  mail: 'no-mail-server',
  mailAnswer: null,
};
const bodies = () => server.calls.map(({ body }) => body);

describe('person', () => {
  it('add prints the secrets once, and sends what was said', async () => {
    const apiToken = { id: olga.id, secret: 'pst_secret', expiresAt: '2026-11-29T18:00:00.000Z' };
    server.answers = {
      'person.create': () => ({ person: olga, password: 'one-time-secret', invitation: null, apiToken }),
    };

    const { code, stdout } = await ask([
      'person',
      'add',
      'olga',
      '--name',
      'Olga Owner',
      '--role',
      'owner',
      '--role',
      'change',
      '--mail',
      'olga@example.org',
      '--api-token',
      '7',
    ]);

    expect(code).toBe(0);
    expect(stdout).toContain('one-time-secret');
    expect(stdout).toContain('pst_secret');
    expect(bodies()).toEqual([
      {
        login: 'olga',
        name: 'Olga Owner',
        roles: ['owner', 'change'],
        mail: 'olga@example.org',
        entry: 'password',
        apiTokenDays: 7,
      },
    ]);
  });

  it('add --invite asks for a link, and shows it once in place of a password', async () => {
    server.answers = {
      'person.create': () => ({ person: olga, password: null, invitation, apiToken: null }),
    };

    const { code, stdout } = await ask(['person', 'add', 'olga', '--name', 'Olga Owner', '--invite']);

    expect(code).toBe(0);
    expect(stdout).toContain('<address of the console>/invitation#a-secret');
    expect(stdout).toContain('No mail server is set');
    expect(stdout).not.toContain('one-time password');
    expect(bodies()).toEqual([
      { login: 'olga', name: 'Olga Owner', roles: [], mail: null, entry: 'invitation', apiTokenDays: null },
    ]);
  });

  it('invite shows the whole link where the server knows it, and what the mail server said', async () => {
    const link = 'https://patches.example.org/invitation#a-secret';
    const failed = { ...invitation, link, mail: 'failed' as const, mailAnswer: '550 no such mailbox' };
    server.answers = { 'person.invite': () => ({ person: olga, invitation: failed }) };

    const { code, stdout } = await ask(['person', 'invite', 'olga']);

    expect(code).toBe(0);
    expect(stdout).toContain(link);
    expect(stdout).toContain('550 no such mailbox');
  });

  it.each([
    ['the whole link', (address: string) => [`${address}/invitation#a-secret`]],
    ['its path, and the server', (address: string) => ['/invitation#a-secret', '--server', address]],
  ])('accept comes in by %s, and gives the token that the command line asks with', async (_, link) => {
    const apiToken = { id: olga.id, secret: 'pst_own', expiresAt: '2027-02-20T18:00:00.000Z' };
    const session = { person: null, firstRun: false, serverVersion: '1' };
    server.answers = {
      'invitation.show': () => ({
        ...{ login: 'olga', name: 'Olga Owner', roles: ['owner'], expiresAt: invitation.expiresAt },
      }),
      'invitation.accept': () => session,
      'api-token.create': () => apiToken,
      'session.sign-out': () => ({}),
    };
    const address = `http://127.0.0.1:${server.port}`;

    const { code, stdout, stderr } = await ask(['person', 'accept', ...link(address)], 'chosen by olga\n');

    expect(code).toBe(0);
    expect(stderr).toContain('you are olga (Olga Owner)');
    expect(stdout).toContain('\n  pst_own\n');
    expect(server.calls.map(({ id, body }) => [id, body])).toEqual([
      ['invitation.show', { secret: 'a-secret' }],
      ['invitation.accept', { secret: 'a-secret', password: 'chosen by olga' }],
      ['api-token.create', { note: 'made when the invitation was accepted', days: 90 }],
      ['session.sign-out', undefined],
    ]);
  });

  it('accept takes no password for a link that is spent', async () => {
    server.answers = {
      'invitation.show': () => {
        throw new FakeRefusal('invitation-wrong', 'The link was used already.');
      },
    };

    const link = `http://127.0.0.1:${server.port}/invitation#a-secret`;
    const { code, stderr } = await ask(['person', 'accept', link], 'chosen by olga\n');

    expect(code).toBe(1);
    expect(stderr).toContain('The link was used already');
    expect(server.calls.map(({ id }) => id)).toEqual(['invitation.show']);
  });

  it.each([
    [['person', 'accept'], 'no link'],
    [['person', 'accept', 'http://127.0.0.1:1/invitation'], 'a link without its secret'],
    [['person', 'accept', '/invitation#a-secret'], 'a path without a server'],
    [['person', 'add', 'olga'], 'without a name'],
    [['person', 'invite'], 'an invitation for nobody'],
    [['person', 'add', 'olga', '--name', 'O', '--role', 'king'], 'a role that is none'],
    [['person', 'add', 'olga', '--name', 'O', '--role', 'breakglass'], 'breakglass'],
    [['person', 'add', 'olga', '--name', 'O', '--api-token', '0'], 'a token for no day'],
    [['person', 'set', 'olga'], 'nothing to change'],
    [['person', 'password'], 'no passwords on standard input'],
    [['api-token', 'create', '--days', '1000'], 'a token for years'],
  ])('%j is wrong usage: %s', async (argv) => {
    expect((await ask(argv)).code).toBe(2);
    expect(server.calls).toEqual([]);
  });

  it('list shows who they are and how they stand', async () => {
    server.answers = {
      'person.list': () => ({
        items: [olga, { ...olga, login: 'omar', disabledAt: '2026-11-22T18:00:00.000Z', mail: null }],
      }),
    };

    const { stdout } = await ask(['person', 'list']);

    expect(stdout).toMatch(/olga .*owner .*olga@example.org .*has a one-time password/);
    expect(stdout).toMatch(/omar .*- .*disabled/);
  });

  it.each([
    [['set', 'olga', '--no-role', '--no-mail'], { roles: [], mail: null }],
    [['set', 'olga', '--role', 'it', '--name', 'Olga'], { roles: ['it'], name: 'Olga' }],
    [['set', 'olga', '--reset-password'], { resetPassword: true }],
    [['disable', 'olga'], { disabled: true }],
    [['enable', 'olga'], { disabled: false }],
  ] as const)('%j', async (argv, body) => {
    server.answers = { 'person.change': () => ({ person: olga, password: null }) };

    expect((await ask(['person', ...argv])).code).toBe(0);
    expect(bodies()).toEqual([body]);
  });

  it('a refusal says what to do', async () => {
    server.answers = {
      'person.change': () => {
        throw new FakeRefusal('last-administrator', 'ada is the only administrator who can sign in.');
      },
    };

    const { code, stderr } = await ask(['person', 'disable', 'ada']);

    expect(code).toBe(1);
    expect(stderr).toContain('give another person the role admin first');
  });

  it('passwords come from standard input, a line each', async () => {
    server.answers = { 'password.change': () => ({}) };

    expect((await ask(['person', 'password'], 'the old one\nthe new one\n')).code).toBe(0);
    expect(bodies()).toEqual([{ current: 'the old one', next: 'the new one' }]);
  });
});

describe('api-token', () => {
  it('create prints the token once', async () => {
    server.answers = {
      'api-token.create': () => ({ id: olga.id, secret: 'pst_secret', expiresAt: '2026-11-29T18:00:00.000Z' }),
    };

    const { stdout } = await ask(['api-token', 'create', '--note', 'lab', '--days', '7']);

    expect(stdout).toContain('pst_secret');
    expect(bodies()).toEqual([{ note: 'lab', days: 7 }]);
  });

  it('list says what to do where there is none, and revoke what it did', async () => {
    server.answers = { 'api-token.list': () => ({ items: [] }), 'api-token.revoke': () => ({}) };

    expect((await ask(['api-token', 'list'])).stdout).toContain('No tokens');
    expect((await ask(['api-token', 'revoke', olga.id])).stdout).toContain('opens nothing any more');
  });
});

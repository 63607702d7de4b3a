import type { PersonBody } from '@patchsteward/contract';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testCorridor } from '../../1-identification/testing/reported-host.ts';
import type { Admit, Principal } from '../http/principal.ts';
import { createTestApp } from '../testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../testing/database.ts';
import { admitPeople } from './admission.ts';
import { createCookies } from './cookies.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { refuseUnlessPermitted } from './permissions.ts';
import { accessRoutes } from './routes.ts';

const DAY_MS = 86_400_000;

describeWithDatabase('people', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let now: number;
  let sent: { readonly to: string; readonly text: string }[];
  /** Who calls; null: whoever cookie or token says. */
  let caller: Principal | null;
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 22, 9);
    caller = { kind: 'local' };
    database = await createTestDatabase();
    const cookies = createCookies(false);
    const people = admitPeople(database.db, cookies, () => now);
    const admit: Admit = (access, facts) => {
      if (caller === null) return people(access, facts);
      if (caller.kind !== 'agent') refuseUnlessPermitted(access, caller);
      return Promise.resolve(caller);
    };
    sent = [];
    const post = {
      consoleUrl: 'https://patches.example.org/',
      sendMail: async (message: { readonly to: string; readonly text: string }) => {
        sent.push(message);
        return { kind: message.to.startsWith('nobody') ? 'bounced' : 'accepted', answer: '250 ok' };
      },
    };
    const parts = { db: database.db, corridor: testCorridor(database.db), cookies, post };
    app = await createTestApp(
      {
        ...accessRoutes({ db: database.db, cookies, serverVersion: '1' }),
        ...peopleRoutes(parts),
        ...invitationRoutes({ ...parts, serverVersion: '1' }),
      },
      { admit, now: () => now },
    );
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  async function send(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, headers = {}) {
    const response = await app.inject({ method, url: `/api/v1/${url}`, headers, ...(payload && { payload }) });
    return { status: response.statusCode, body: response.json(), code: response.json().error?.code };
  }
  const add = (login: string, roles: readonly string[] = ['it'], more: object = {}) =>
    send('POST', 'people', { login, name: `${login} Example`, roles, ...more });
  const change = (login: string, payload: object) => send('PATCH', `people/${login}`, payload);
  const list = async (): Promise<PersonBody[]> => (await send('GET', 'people')).body.items;
  const signIn = (login: string, password: string) => send('POST', 'session', { login, password });
  const kinds = async () =>
    (await database.db.selectFrom('documentation.leaf').select('kind').orderBy('serial').execute()).map(
      ({ kind }) => kind,
    );

  it('somebody is added, comes in with the one-time password, and chooses another', async () => {
    const { body } = await add('olga', ['owner', 'owner'], { mail: 'olga@example.org' });
    expect(body).toMatchObject({
      person: { login: 'olga', roles: ['owner'], mail: 'olga@example.org' },
      apiToken: null,
    });

    caller = null;
    expect((await signIn('olga', body.password)).status).toBe(200);
    caller = { kind: 'person', ...(await list1('olga')) };
    const next = 'otter carries seven lamps';
    expect((await send('POST', 'session/password', { current: 'something else', next })).code).toBe(
      'wrong-credentials',
    );
    expect((await send('POST', 'session/password', { current: body.password, next: 'olga olga olga olga' })).code).toBe(
      'password-too-weak',
    );
    expect((await send('POST', 'session/password', { current: body.password, next })).status).toBe(200);

    caller = null;
    now += 30 * DAY_MS;
    expect((await signIn('olga', next)).status).toBe(200);
    expect((await signIn('olga', body.password)).code).toBe('wrong-credentials');
    expect(await kinds()).toEqual(['person.created', 'person.password-changed']);
  });

  it('who changes the own password stays signed in, in a session that no copy of the old one has', async () => {
    const { body } = await add('olga');
    caller = null;
    const ask = async (method: 'GET' | 'POST', path: string, cookie: string, payload?: object) => {
      const response = await app.inject({
        ...{ method, url: `/api/v1/${path}`, headers: { cookie } },
        ...(payload === undefined ? {} : { payload }),
      });
      const session = response.cookies.find(({ name }) => name === 'patchsteward-session')?.value;
      return { body: response.json(), cookie: session === undefined ? null : `patchsteward-session=${session}` };
    };
    const enter = async () =>
      (await ask('POST', 'session', '', { login: 'olga', password: body.password })).cookie ?? 'none';
    const [here, elsewhere] = [await enter(), await enter()];

    const passwords = { current: body.password, next: 'otter carries seven lamps' };
    const changed = await ask('POST', 'session/password', here, passwords);

    const whose = async (cookie: string) => (await ask('GET', 'session', cookie)).body.person?.login ?? null;
    expect(changed.cookie).not.toBe(here);
    expect(await whose(changed.cookie ?? 'none')).toBe('olga');
    expect([await whose(here), await whose(elsewhere)]).toEqual([null, null]);
  });

  async function list1(login: string) {
    const { id, name, roles } = await database.db
      .selectFrom('access.person')
      .selectAll()
      .where('login', '=', login)
      .executeTakeFirstOrThrow();
    return { id, login, name, roles };
  }

  const invite = (login: string, more: object = {}) => add(login, ['owner'], { entry: 'invitation', ...more });
  const secretOf = ({ body }: { readonly body: { readonly invitation: { readonly path: string } } }) =>
    body.invitation.path.replace('/invitation#', '');
  const accept = (secret: string, password = 'otter carries seven lamps') =>
    send('POST', 'invitation/accept', { secret, password });

  it('somebody who is invited sees as what, chooses a password and is in; the link is used up', async () => {
    const invited = await invite('olga', { mail: 'olga@example.org' });
    expect(invited.body).toMatchObject({ password: null, invitation: { mail: 'sent' } });
    expect(invited.body.invitation.link).toBe(`https://patches.example.org${invited.body.invitation.path}`);
    expect(sent).toMatchObject([
      { to: 'olga@example.org', text: expect.stringContaining(invited.body.invitation.link) },
    ]);
    expect((await list())[0]?.invitedUntil).toBe(invited.body.invitation.expiresAt);

    caller = null;
    const secret = secretOf(invited);
    const shown = await send('POST', 'invitation', { secret });
    expect(shown.body).toMatchObject({ login: 'olga', name: 'olga Example', roles: ['owner'] });
    expect((await accept(secret, 'olga olga olga olga')).code).toBe('password-too-weak');
    expect((await accept(secret)).body.person).toMatchObject({ login: 'olga' });
    expect((await accept(secret)).code).toBe('invitation-wrong');
    expect((await send('POST', 'invitation', { secret })).code).toBe('invitation-wrong');
    now += 30 * DAY_MS;
    expect((await signIn('olga', 'otter carries seven lamps')).status).toBe(200);
    expect(await kinds()).toEqual(['person.created', 'person.joined']);
    caller = { kind: 'local' };
    expect((await list())[0]).toMatchObject({ invitedUntil: null, passwordExpiresAt: null });
  });

  it('keeps no secret of an invitation, and two who come with one link at once are one', async () => {
    const secret = secretOf(await invite('olga'));
    const { rows } = await database.pool.query('select row_to_json(i)::text as text from access.invitation i');
    expect(rows.map(({ text }) => text).join()).not.toContain(secret);
    caller = null;
    const both = await Promise.all([accept(secret), accept(secret)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
  });

  it('a link is over after some days', async () => {
    const secret = secretOf(await invite('olga'));
    now += 4 * DAY_MS;
    caller = null;
    expect((await accept(secret)).code).toBe('invitation-wrong');
  });

  it('a second link replaces the first, and the password and sessions of before', async () => {
    const { body } = await add('olga');
    const first = secretOf(await send('POST', 'people/olga/invitation'));
    const second = secretOf(await send('POST', 'people/olga/invitation'));
    caller = null;
    expect((await signIn('olga', body.password)).code).toBe('wrong-credentials');
    expect((await accept(first)).code).toBe('invitation-wrong');
    expect((await accept(second)).status).toBe(200);
    expect(await kinds()).toEqual(['person.created', 'person.invited', 'person.invited', 'person.joined']);
  });

  it.each([
    ['a reset', { resetPassword: true }],
    ['disabling', { disabled: true }],
  ])('%s ends an open link', async (_, payload) => {
    const secret = secretOf(await invite('olga'));
    await change('olga', payload);
    await change('olga', { disabled: false });
    caller = null;
    expect((await accept(secret)).code).toBe('invitation-wrong');
  });

  it('says what became of the mail, and refuses whoever is disabled or does not exist', async () => {
    expect((await invite('olga')).body.invitation).toMatchObject({ mail: 'no-address' });
    expect((await invite('nina', { mail: 'nobody@example.org' })).body.invitation).toMatchObject({
      mail: 'failed',
      mailAnswer: '250 ok',
    });
    await change('olga', { disabled: true });
    expect((await send('POST', 'people/olga/invitation')).code).toBe('conflict');
    expect((await send('POST', 'people/eve/invitation')).code).toBe('not-found');
  });

  it('a one-time password that nobody used is over after some days', async () => {
    const { body } = await add('olga');
    caller = null;
    now += 3 * DAY_MS;

    expect((await signIn('olga', body.password)).code).toBe('wrong-credentials');
  });

  it('an API token that was made with the account works at once, until the account is disabled', async () => {
    const { body } = await add('rita', ['it', 'admin'], { apiTokenDays: 7 });
    await add('ada', ['admin']);
    const headers = { authorization: `Bearer ${body.apiToken.secret}` };
    caller = null;
    expect((await send('GET', 'people', undefined, headers)).status).toBe(200);

    caller = { kind: 'local' };
    await change('rita', { disabled: true });

    caller = null;
    expect((await send('GET', 'people', undefined, headers)).code).toBe('not-signed-in');
    expect((await signIn('rita', body.password)).code).toBe('wrong-credentials');
    caller = { kind: 'local' };
    expect((await change('rita', { disabled: false })).body.person.disabledAt).toBeNull();
    caller = null;
    // What was revoked stays so.
    expect((await send('GET', 'people', undefined, headers)).code).toBe('not-signed-in');
  });

  it('a reset ends every session and gives a new one-time password', async () => {
    const first = (await add('olga')).body.password;
    const { body } = await change('olga', { resetPassword: true });

    caller = null;
    expect((await signIn('olga', first)).code).toBe('wrong-credentials');
    expect((await signIn('olga', body.password)).status).toBe(200);
    expect(await kinds()).toEqual(['person.created', 'person.password-reset']);
  });

  it('changes are entries in the record, without a secret; what changes nothing is none', async () => {
    const { body } = await add('olga', ['owner']);
    await change('olga', { roles: ['owner'] });
    await change('olga', { roles: ['change', 'owner'], mail: null, name: 'Olga' });

    const leaves = await database.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'payload'])
      .orderBy('serial')
      .execute();
    expect(leaves.map(({ kind }) => kind)).toEqual(['person.created', 'person.changed']);
    expect(leaves[1]?.payload).toEqual({
      login: 'olga',
      name: { before: 'olga Example', after: 'Olga' },
      roles: { before: ['owner'], after: ['change', 'owner'] },
    });
    expect(JSON.stringify(leaves)).not.toContain(body.password);
  });

  describe('refused:', () => {
    it('a login twice, also of somebody disabled', async () => {
      await add('olga');
      await change('olga', { disabled: true });

      expect((await add('olga')).code).toBe('login-taken');
    });

    it.each([
      ['roles', { roles: ['it'] }],
      ['the account', { disabled: true }],
    ])('the last administrator loses %s', async (_, payload) => {
      await add('ada', ['admin']);

      expect((await change('ada', payload)).code).toBe('last-administrator');
      await add('adrian', ['admin']);
      expect((await change('ada', payload)).status).toBe(200);
      expect((await list()).map(({ login }) => login)).toEqual(['ada', 'adrian']);
    });

    it('somebody who is not there, a role that is none, breakglass, an address that is none', async () => {
      expect((await change('nobody', { name: 'X' })).code).toBe('not-found');
      expect((await add('x', ['king'])).code).toBe('bad-request');
      expect((await add('x', ['breakglass'])).code).toBe('bad-request');
      expect((await add('x', ['it'], { mail: 'no address' })).code).toBe('bad-request');
    });

    it('whoever is no administrator', async () => {
      caller = { kind: 'person', id: 'id', login: 'ivy', name: 'Ivy', roles: ['it', 'security'] };

      expect((await add('olga')).code).toBe('not-allowed');
      expect((await change('ivy', { roles: ['admin'] })).code).toBe('not-allowed');
      expect((await send('GET', 'people')).code).toBe('not-allowed');
    });
  });
});

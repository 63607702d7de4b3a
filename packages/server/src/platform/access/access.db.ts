import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../testing/database.ts';
import { admitPeople } from './admission.ts';
import { createCookies } from './cookies.ts';
import { offerFirstRun } from './first-run.ts';
import { accessRoutes } from './routes.ts';

const HOUR_MS = 3_600_000;
const password = 'otter carries seven lamps';
const ada = { login: 'ada', name: 'Ada Example', password };

describeWithDatabase('access', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let now: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    const cookies = createCookies(false);
    app = await createTestApp(
      {
        ...accessRoutes({ db: database.db, cookies, serverVersion: '1.2.3' }),
        'feed.list': () => Promise.resolve({ items: [], countingSince: null }),
      },
      { admit: admitPeople(database.db, cookies, () => now), now: () => now },
    );
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 22, 9);
    for (const table of ['access.person', 'access.first_run', 'access.sign_in_attempt'] as const) {
      await database.db.deleteFrom(table).execute();
    }
  });

  async function send(options: InjectOptions) {
    const response = await app.inject(options);
    const cookies = new Map(response.cookies.map((cookie) => [cookie.name, cookie]));
    return { status: response.statusCode, body: response.json(), cookies, headers: response.headers };
  }
  const post = (url: string, payload: object, more: InjectOptions = {}) =>
    send({ method: 'POST', url, payload, ...more });
  const signIn = (login: string, attempted: string, more: InjectOptions = {}) =>
    post('/api/v1/session', { login, password: attempted }, more);

  async function firstPerson() {
    const secret = (await offerFirstRun(database.db, now)) ?? 'none offered';
    return post('/api/v1/first-run', { ...ada, secret });
  }
  async function session(): Promise<Record<string, string>> {
    const { cookies } = await firstPerson();
    return { 'patchsteward-session': cookies.get('patchsteward-session')?.value ?? '' };
  }

  describe('the first run', () => {
    it('makes the first account, signs it in, and is then over', async () => {
      expect((await send({ url: '/api/v1/session' })).body).toMatchObject({ person: null, firstRun: true });

      const made = await firstPerson();

      expect(made).toMatchObject({
        status: 200,
        body: {
          person: {
            login: 'ada',
            roles: ['admin', 'it', 'security'],
            may: ['operator', 'administrator', 'security', 'triager'],
          },
          firstRun: false,
        },
      });
      expect(await offerFirstRun(database.db, now)).toBeUndefined();
      expect((await post('/api/v1/first-run', { ...ada, secret: 'x' })).body.error.code).toBe('first-run-done');
    });

    it('takes the link printed last, once', async () => {
      const earlier = await offerFirstRun(database.db, now);
      const later = await offerFirstRun(database.db, now);

      const refused = await post('/api/v1/first-run', { ...ada, secret: earlier });
      const both = await Promise.all([
        post('/api/v1/first-run', { ...ada, secret: later }),
        post('/api/v1/first-run', { ...ada, login: 'eve', secret: later }),
      ]);

      expect(refused.body.error.code).toBe('first-run-link-wrong');
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    });

    it('keeps only hashes', async () => {
      const secret = await offerFirstRun(database.db, now);
      await post('/api/v1/first-run', { ...ada, secret });
      const { rows } = await database.pool.query(
        `select row_to_json(p)::text as text from access.person p union all select row_to_json(s)::text from access.session s`,
      );

      const stored = rows.map((row) => row.text).join();

      expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
      expect(stored).not.toContain(password);
    });

    it('refuses a weak password and keeps the link', async () => {
      const secret = await offerFirstRun(database.db, now);

      const weak = await post('/api/v1/first-run', { ...ada, secret, password: 'patchsteward-ada' });
      const strong = await post('/api/v1/first-run', { ...ada, secret });

      expect(weak.body.error).toMatchObject({ code: 'password-too-weak', details: [{ path: 'body.password' }] });
      expect(strong.status).toBe(200);
    });
  });

  describe('a session', () => {
    it('is a cookie that no script and no other site gets', async () => {
      const { cookies } = await firstPerson();

      expect(cookies.get('patchsteward-session')).toMatchObject({
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        maxAge: 12 * 3_600,
      });
    });

    it.each([
      ['in use', 7, 7, 'Ada Example'],
      ['idle for eight hours', 0, 8.1, undefined],
      ['twelve hours old', 7, 12.1, undefined],
    ])('%s', async (_case, usedAfterHours, askedAfterHours, expected) => {
      const cookies = await session();
      const opened = now;

      now = opened + usedAfterHours * HOUR_MS;
      await send({ url: '/api/v1/session', cookies });
      now = opened + askedAfterHours * HOUR_MS;
      const { body } = await send({ url: '/api/v1/session', cookies });

      expect(body.person?.name).toBe(expected);
    });

    it('ends with signing out, for every copy of the cookie', async () => {
      const cookies = await session();

      const out = await send({ method: 'DELETE', url: '/api/v1/session', cookies });

      expect(out.cookies.get('patchsteward-session')).toMatchObject({ value: '', maxAge: 0 });
      expect((await send({ url: '/api/v1/feeds', cookies })).status).toBe(401);
    });

    it('ends when the person is disabled', async () => {
      const cookies = await session();

      await database.pool.query('update access.person set disabled_at = now()');

      expect((await send({ url: '/api/v1/feeds', cookies })).status).toBe(401);
      expect((await signIn('ada', password)).body.error.code).toBe('wrong-credentials');
    });

    it('is asked for by name', async () => {
      const answer = await send({ url: '/api/v1/feeds' });

      expect(answer.body.error).toMatchObject({ code: 'not-signed-in' });
    });
  });

  describe('signing in', () => {
    it('knows the login in any case, and the password in any form of Unicode', async () => {
      const secret = await offerFirstRun(database.db, now);
      await post('/api/v1/first-run', { ...ada, secret, password: 'caf\u00e9 on the seventh quay' });

      const answer = await signIn(' ADA ', 'cafe\u0301 on the seventh quay');

      expect(answer.status).toBe(200);
    });

    it.each(['nobody', 'ada'])('says of %s nothing but that it is wrong', async (login) => {
      await firstPerson();

      expect((await signIn(login, 'wrong')).body.error).toMatchObject({
        code: 'wrong-credentials',
        message: 'Login or password is wrong.',
      });
    });

    it('takes as long for a login that nobody has', async () => {
      await firstPerson();
      const median = async (login: string) => {
        const times: number[] = [];
        for (let round = 0; round < 5; round += 1) {
          const start = performance.now();
          await signIn(login, 'wrong', { remoteAddress: `192.0.2.${round}` });
          times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b)[2] ?? 0;
      };

      const [known, unknown] = [await median('ada'), await median('nobody')];

      // A known login costs the hash of a password; without the same work for an unknown one the ratio is above ten.
      expect(known / unknown).toBeLessThan(4);
    });
  });

  describe('ten wrong passwords', () => {
    const wrong = async (times: number, more: InjectOptions = {}) => {
      const codes: string[] = [];
      for (let time = 0; time < times; time += 1) codes.push((await signIn('ada', 'wrong', more)).body.error.code);
      return codes;
    };

    it('make the next one wait, say how long, and the wait grows', async () => {
      await firstPerson();

      const codes = await wrong(10);
      const refused = await signIn('ada', password);
      now += 1_000;
      await wrong(1);
      const longer = await signIn('ada', password);

      expect(codes).toEqual([...Array(6).fill('wrong-credentials'), ...Array(4).fill('too-many-attempts')]);
      expect(refused).toMatchObject({
        status: 429,
        headers: { 'retry-after': '1' },
        body: { error: { message: 'Too many wrong attempts; wait 1 second.' } },
      });
      expect(longer.body.error.message).toBe('Too many wrong attempts; wait 2 seconds.');
    });

    it('at once are ten, not one', async () => {
      await firstPerson();

      const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('ada', 'wrong')));

      expect(answers.filter(({ body }) => body.error.code === 'wrong-credentials')).toHaveLength(6);
    });

    it('are forgotten with the right one, and after a day', async () => {
      await firstPerson();
      await wrong(5);
      expect((await signIn('ada', password)).status).toBe(200);
      expect(await wrong(6)).not.toContain('too-many-attempts');

      now += 25 * HOUR_MS;

      expect(await wrong(6)).not.toContain('too-many-attempts');
    });

    it('by strangers lock nobody out of a browser in which they signed in before', async () => {
      const { cookies } = await firstPerson();
      const device = { 'patchsteward-device': cookies.get('patchsteward-device')?.value ?? '' };

      for (let address = 0; address < 30; address += 1) await wrong(1, { remoteAddress: `198.51.100.${address}` });

      expect((await signIn('ada', password, { remoteAddress: '203.0.113.1' })).body.error.code).toBe(
        'too-many-attempts',
      );
      expect((await signIn('ada', password, { cookies: device })).status).toBe(200);
    });

    it('from one network count together, whatever the login', async () => {
      const codes = new Set<string>();
      for (let time = 0; time < 33; time += 1) {
        const { body } = await signIn(`login-${time}`, 'wrong', {
          remoteAddress: `2001:db8:0:1::${time.toString(16)}`,
        });
        codes.add(body.error.code);
      }

      expect(codes).toContain('too-many-attempts');
      expect((await signIn('other', 'wrong', { remoteAddress: '2001:db8:0:2::1' })).body.error.code).toBe(
        'wrong-credentials',
      );
    });
  });

  describe('an API token', () => {
    const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });

    it('stands for its person until it is revoked', async () => {
      const cookies = await session();
      const { body: token } = await post('/api/v1/api-tokens', { note: 'laptop' }, { cookies });

      const used = await send({ url: '/api/v1/session', ...bearer(token.secret) });
      const { body: list } = await send({ url: '/api/v1/api-tokens', cookies });
      await send({ method: 'DELETE', url: `/api/v1/api-tokens/${token.id}`, cookies });
      const after = await send({ url: '/api/v1/session', ...bearer(token.secret) });

      expect(used.body.person.login).toBe('ada');
      expect(list.items).toMatchObject([{ id: token.id, note: 'laptop', lastUsedAt: new Date(now).toISOString() }]);
      expect(JSON.stringify(list)).not.toContain(token.secret);
      expect(after.body.error).toMatchObject({ code: 'not-signed-in', message: expect.stringContaining('token') });
    });

    it('ends with its time', async () => {
      const { body: token } = await post('/api/v1/api-tokens', { days: 1 }, { cookies: await session() });

      now += 25 * HOUR_MS;

      expect((await send({ url: '/api/v1/session', ...bearer(token.secret) })).status).toBe(401);
    });

    it('of another is out of reach', async () => {
      const id = '01890000-0000-7000-8000-0000000000aa';

      const answer = await send({ method: 'DELETE', url: `/api/v1/api-tokens/${id}`, cookies: await session() });

      expect(answer.body.error.code).toBe('not-found');
    });
  });
});

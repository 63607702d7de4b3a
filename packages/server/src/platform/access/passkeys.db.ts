import type { PasskeyOffer } from '@patchsteward/contract';
import { preAuthenticationEncoding } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import type { TrustRoot } from '@patchsteward/trust/root';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertion, makePasskey, type TestPasskey } from '../../../../trust/src/testing/passkeys.ts';
import { team, withPasskey } from '../../../../trust/src/testing/people.ts';
import { testCorridor } from '../../1-identification/testing/reported-host.ts';
import type { Principal } from '../http/principal.ts';
import { newId } from '../ids.ts';
import { createTestApp } from '../testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../testing/database.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { touchPasskey } from './passkey-store.ts';
import { insertAccount } from './people-store.ts';

const SITE = 'localhost';
const MINUTE_MS = 60_000;

describeWithDatabase('passkeys', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let now: number;
  let caller: Principal;
  let root: TrustRoot | null;
  let site: string | null;
  const people: Record<string, Principal> = {};

  beforeEach(async () => {
    now = Date.UTC(2026, 10, 22, 9);
    root = team();
    site = SITE;
    database = await createTestDatabase();
    for (const login of ['cara', 'sam', 'nora']) people[login] = await account(login);
    caller = people['cara'] ?? { kind: 'nobody' };
    await open();
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  async function open() {
    const { db } = database;
    const parts = { db, corridor: testCorridor(db), site, currentRoot: () => Promise.resolve(root) };
    app = await createTestApp(passkeyRoutes(parts), { admit: () => Promise.resolve(caller), now: () => now });
  }

  async function account(login: string): Promise<Principal> {
    const id = newId(now);
    const row = { id, login, name: login, roles: [], mail: null, createdAt: now, disabledAt: null };
    await database.db.transaction().execute(async (tx) => {
      await insertAccount(tx, { ...row, passwordExpiresAt: null, invitedUntil: null }, 'no password');
    });
    return { kind: 'person', id, login, name: login, roles: [] };
  }

  async function send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) {
    const response = await app.inject({ method, url: `/api/v1/${url}`, ...(payload && { payload }) });
    const body = response.json();
    return { status: response.statusCode, body, code: body.error?.code, said: body.error?.message };
  }

  const offer = async (): Promise<PasskeyOffer> => (await send('POST', 'passkey-offers')).body;

  /** What a browser sends after it made a passkey and signed the proof with it. */
  function request(passkey: TestPasskey, { proof }: PasskeyOffer, more: object = {}) {
    const message = preAuthenticationEncoding(proof.payloadType, Buffer.from(proof.payload, 'base64'));
    const origin = { clientData: { origin: 'http://localhost:8420' } };
    const sig = assertion(passkey, message, origin).toString('base64');
    const credentialId = keyIdOf(passkey.key).slice(-22);
    return { label: 'Laptop', credentialId, publicKey: passkey.key.public, payload: proof.payload, sig, ...more };
  }

  async function add(passkey: TestPasskey) {
    return send('POST', 'passkeys', request(passkey, await offer()));
  }

  it('is kept when it has signed, waits for the root, and is recorded', async () => {
    const passkey = makePasskey('es256', SITE);
    const { status, body } = await add(passkey);
    const keyid = keyIdOf(passkey.key);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ label: 'Laptop', keyid, site: SITE, algorithm: 'es256', state: 'waiting', lastUsedAt: null },
      reason: { code: 'passkey-waiting', clearableBy: ['admin'] },
      command: `patchsteward trust change --out root-2.json --add-passkey cara=${keyid} --key <key>`,
    });
    expect((await send('GET', 'passkeys')).body).toEqual({ site: SITE, reason: null, items: [body] });
    const leaves = await database.db.selectFrom('documentation.leaf').select(['kind', 'payload']).execute();
    expect(leaves).toMatchObject([{ kind: 'passkey.added', payload: { login: 'cara', keyid, label: 'Laptop' } }]);
  });

  it.each(['ed25519', 'rs256'] as const)('may be of %s', async (algorithm) => {
    expect((await add(makePasskey(algorithm, SITE))).body).toMatchObject({ algorithm });
  });

  it('is in the root once a root names it, shows its use, and leaves it by another', async () => {
    const passkey = makePasskey('es256', SITE);
    const { body } = await add(passkey);
    root = withPasskey(team({ version: 2 }), 'cara', passkey);
    await database.db.transaction().execute((tx) => touchPasskey(tx, keyIdOf(passkey.key), now + MINUTE_MS));
    expect((await send('GET', 'passkeys')).body.items).toMatchObject([
      { state: 'in-root', reason: null, command: null, lastUsedAt: '2026-11-22T09:01:00.000Z' },
    ]);

    expect((await send('DELETE', `passkeys/${body.id}`)).status).toBe(200);
    expect((await send('GET', 'passkeys')).body.items).toMatchObject([
      {
        state: 'leaving',
        reason: { code: 'passkey-leaving' },
        command: `patchsteward trust change --out root-3.json --remove-key ${keyIdOf(passkey.key)} --key <key>`,
      },
    ]);
    root = team({ version: 3 });
    expect((await send('GET', 'passkeys')).body.items).toEqual([]);
  });

  it('tells an administrator to add a person whom no root names', async () => {
    caller = people['nora'] ?? caller;
    const { body } = await add(makePasskey('es256', SITE));
    expect(body.command).toContain('--add-person "nora:<name>:<roles>:" --add-passkey nora=');
    root = null;
    expect((await send('GET', 'passkeys')).body.items).toMatchObject([
      { state: 'waiting', command: null, reason: { code: 'no-trust-root' } },
    ]);
  });

  it('can be renamed and removed by its own person alone', async () => {
    const { body } = await add(makePasskey('es256', SITE));
    expect((await send('PATCH', `passkeys/${body.id}`, { label: 'Phone' })).body).toMatchObject({ label: 'Phone' });
    expect((await send('PATCH', `passkeys/${body.id}`, { label: '  ' })).code).toBe('bad-request');

    caller = people['sam'] ?? caller;
    expect((await send('GET', 'passkeys')).body.items).toEqual([]);
    expect((await send('PATCH', `passkeys/${body.id}`, { label: 'Mine' })).code).toBe('not-found');
    expect((await send('DELETE', `passkeys/${body.id}`)).code).toBe('not-found');

    caller = people['cara'] ?? caller;
    expect((await send('DELETE', `passkeys/${body.id}`)).status).toBe(200);
    expect((await send('DELETE', `passkeys/${body.id}`)).code).toBe('not-found');
    const leaves = await database.db.selectFrom('documentation.leaf').select('kind').orderBy('index').execute();
    expect(leaves.map(({ kind }) => kind)).toEqual(['passkey.added', 'passkey.renamed', 'passkey.removed']);
  });

  describe('is refused', () => {
    const own = makePasskey('es256', SITE);
    const refusal = async (make: (offered: PasskeyOffer) => object) => {
      const { code, said } = await send('POST', 'passkeys', make(await offer()));
      expect((await send('GET', 'passkeys')).body.items).toEqual([]);
      return `${code}: ${said}`;
    };

    it.each<readonly [string, string, (offered: PasskeyOffer) => object]>([
      [
        'signed by another key',
        'signature-wrong',
        (offered) => request(makePasskey('es256', SITE), offered, { publicKey: own.key.public }),
      ],
      [
        'with another proof',
        'other-challenge',
        (offered) => request(own, offered, { payload: Buffer.from('{}').toString('base64') }),
      ],
      ['made for another site', 'other-site', (offered) => request(makePasskey('es256', 'evil.example'), offered)],
      ['of a kind that is not taken', 'Only keys of ES256', (offered) => request(own, offered, { publicKey: 'AAAA' })],
      ['without a signature', 'assertion-unreadable', (offered) => request(own, offered, { sig: 'AAAA' })],
    ])('%s: %s', async (_, said, make) => {
      expect(await refusal(make)).toContain(said);
      expect(await refusal(make)).toContain('passkey-refused');
    });

    it('with an offer that is used up, too old, replaced, or of somebody else', async () => {
      const [first, second] = [makePasskey('es256', SITE), makePasskey('es256', SITE)];
      const used = await offer();
      expect((await send('POST', 'passkeys', request(first, used))).status).toBe(200);
      expect((await send('POST', 'passkeys', request(second, used))).code).toBe('passkey-refused');

      const old = await offer();
      now += 6 * MINUTE_MS;
      expect((await send('POST', 'passkeys', request(second, old))).code).toBe('passkey-refused');

      const replaced = await offer();
      await offer();
      expect((await send('POST', 'passkeys', request(second, replaced))).code).toBe('passkey-refused');

      const mine = await offer();
      caller = people['sam'] ?? caller;
      await offer();
      expect((await send('POST', 'passkeys', request(second, mine))).code).toBe('passkey-refused');
    });

    it('twice, also by another person', async () => {
      const passkey = makePasskey('es256', SITE);
      const { body } = await add(passkey);
      expect((await offer()).exclude).toEqual([body.credentialId]);
      caller = people['sam'] ?? caller;
      expect((await add(passkey)).said).toBe('This passkey is kept here already.');
    });

    it('beyond eight', async () => {
      for (let count = 0; count < 8; count += 1) expect((await add(makePasskey('es256', SITE))).status).toBe(200);
      expect((await send('POST', 'passkey-offers')).code).toBe('passkey-refused');
    });

    it('where the console has no name, and for the administrator of the machine', async () => {
      caller = { kind: 'local' };
      expect((await send('POST', 'passkey-offers')).code).toBe('not-allowed');
      caller = people['cara'] ?? caller;
      site = null;
      await app.close();
      await open();
      expect((await send('GET', 'passkeys')).body).toMatchObject({
        site: null,
        reason: { code: 'passkey-site-missing' },
      });
      expect((await send('POST', 'passkey-offers')).code).toBe('passkey-site-missing');
    });
  });
});

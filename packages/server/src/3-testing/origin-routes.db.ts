import { newSigner } from '@patchsteward/standards/openpgp/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const BORN = new Date('2026-01-01T00:00:00Z');
const NOBODY = '01890000-0000-7000-8000-00000000dead';

describeWithDatabase('origins', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const request = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
    world.app.inject({ method, url: `/api/v1/origins${path}`, ...(payload === undefined ? {} : { payload }) });
  const body = (more: object = {}) => ({
    ...{
      url: 'https://apt.example.org/debian/',
      suite: 'stable',
      components: ['main', 'main'],
      architectures: ['amd64'],
    },
    keys: world.signer.publicKey.armor(),
    ...more,
  });

  it('are added, listed, shown and removed, each with its leaf', async () => {
    const added = await request('POST', '', body());
    const { id } = added.json();

    const expected = {
      id,
      ...{ url: 'https://apt.example.org/debian/', mirror: null, suite: 'stable', components: ['main'] },
      keys: [
        { fingerprint: world.signer.publicKey.getFingerprint().toUpperCase(), userIds: ['Acme'], expiresAt: null },
      ],
      names: ['apt.example.org/debian stable/main'],
      ...{ state: 'never-verified', index: null, checkedAt: null, problem: null },
    };
    expect([added.statusCode, added.json()]).toMatchObject([200, expected]);
    expect((await request('GET', '')).json().items).toMatchObject([expected]);
    expect((await request('GET', `/${id}`)).json()).toMatchObject(expected);
    expect((await request('DELETE', `/${id}`)).statusCode).toBe(200);
    expect((await request('GET', '')).json().items).toEqual([]);
    expect((await request('GET', `/${id}`)).statusCode).toBe(404);
    expect(await world.records()).toEqual(['origin.added', 'origin.removed']);
  });

  it('are fetched without being asked for', async () => {
    await world.repository.publish({ packages: [], date: NOON - 1, signers: [world.signer] });
    const { id } = await world.addOrigin();

    await expect
      .poll(
        async () => {
          await world.grant();
          return (await request('GET', `/${id}`)).json().state;
        },
        { timeout: 10_000 },
      )
      .toBe('usable');
    const timers = await world.database.db.selectFrom('campaign.timer').selectAll().execute();
    expect(timers).toMatchObject([{ kind: 'origin.refresh', subject: id, due: NOON + 3_600_000 }]);
  });

  it('keep trying, and say why it fails', async () => {
    world.repository.fault = () => 500;
    const { id } = await world.addOrigin();

    const { origin, changed } = await world.refresh(id);

    expect({ changed, ...origin }).toMatchObject({
      changed: false,
      state: 'never-verified',
      problem: {
        reason: { code: 'origin-unreachable' },
        detail: expect.stringMatching(/answered 500 to .*InRelease\.$/),
      },
    });
    const timers = await world.database.db.selectFrom('campaign.timer').selectAll().execute();
    expect(timers).toMatchObject([{ subject: id, due: NOON + 60_000 }]);
    await world.refresh(id);
    expect((await world.records()).filter((kind) => kind === 'index.refused')).toHaveLength(1);
  });

  it('once for a place and a suite, however it is written', async () => {
    await request('POST', '', body());

    const again = await request('POST', '', body({ url: 'http://apt.example.org/debian' }));

    expect([again.statusCode, again.json().error.code]).toEqual([409, 'origin-exists']);
    expect((await request('POST', '', body({ suite: 'testing' }))).statusCode).toBe(200);
  });

  it('pin only the keys that are named, and take them up again after a removal', async () => {
    const keys = world.signer.publicKey.armor() + world.stranger.publicKey.armor();
    const fingerprint = world.stranger.publicKey.getFingerprint().toUpperCase();

    const { id, keys: pinned } = (await request('POST', '', body({ keys, fingerprints: [fingerprint] }))).json();

    expect(pinned).toMatchObject([{ fingerprint }]);
    await request('DELETE', `/${id}`);
    expect((await request('POST', '', body())).statusCode).toBe(200);
  });

  it.each([
    ['a private key', async () => ({ keys: world.signer.privateKey.armor() }), 'origin-key-unusable'],
    ['words for keys', async () => ({ keys: 'hello' }), 'origin-key-unusable'],
    ['a fingerprint that no key has', async () => ({ fingerprints: ['AB'.repeat(20)] }), 'origin-key-unusable'],
    [
      'an expired key',
      async () => ({ keys: (await newSigner('Old', BORN, { keyExpirationTime: 60 })).publicKey.armor() }),
      'origin-key-unusable',
    ],
    ['a file for an address', async () => ({ url: 'file:///srv/repository' }), 'bad-request'],
    ['a password in the address', async () => ({ url: 'https://me:secret@apt.example.org' }), 'bad-request'],
    ['a way out in the suite', async () => ({ suite: '../stable' }), 'bad-request'],
    ['a suite without components', async () => ({ components: [] }), 'bad-request'],
    ['a folder with components', async () => ({ suite: 'stable/' }), 'bad-request'],
    ['no architecture', async () => ({ architectures: [] }), 'bad-request'],
  ])('are not added with %s', async (_, more, code) => {
    const response = await request('POST', '', body(await more()));

    expect(response.json().error.code).toBe(code);
    expect(await world.records()).toEqual([]);
  });

  it.each([
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/refresh'],
  ] as const)('that do not exist are not found: %s %s', async (method, path) => {
    const response = await request(method, `/${NOBODY}${path}`);

    expect([response.statusCode, response.json().error.code]).toEqual([404, 'not-found']);
  });
});

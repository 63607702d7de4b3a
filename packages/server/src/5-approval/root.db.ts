import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKey, NOW, rootEnvelope, team } from '../../../trust/src/testing/people.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { rootsAfter } from './root-store.ts';
import { type ApprovalWorld, openApprovalWorld } from './testing/approval-world.ts';

describeWithDatabase('the trust root on the server', () => {
  let world: ApprovalWorld;
  beforeEach(async () => {
    world = await openApprovalWorld();
  });
  afterEach(() => world.close());

  const publish = (envelope: object) => world.post('trust/roots', { envelope });

  it('before the first one it says that nothing can be signed', async () => {
    expect(await world.get('trust')).toMatchObject({
      root: null,
      reason: { code: 'no-trust-root', clearableBy: ['admin'] },
    });
    expect(await world.get('trust/roots')).toEqual({ items: [] });
  });

  it('keeps the chain as it was signed, and shows who may sign what', async () => {
    const first = rootEnvelope(team(), 'ada', 'adrian');
    const second = rootEnvelope(team({ version: 2, organization: 'Example Ltd' }), 'ada', 'adrian');

    const answers = [await publish(first), await publish(second), await publish(second)];

    expect(answers.map(({ status, body }) => [status, body['version']])).toEqual([
      [200, 1],
      [200, 2],
      [200, 2],
    ]);
    expect(await world.get('trust')).toMatchObject({
      root: { version: 2, organization: 'Example Ltd', profile: 'team', threshold: 2, machines: [{ name: 'vault-1' }] },
      reason: null,
    });
    expect(await world.get('trust/roots?after=1')).toMatchObject({ items: [{ version: 2, envelope: second }] });
    expect((await rootsAfter(world.database.db, 0)).map(({ envelope }) => envelope)).toEqual([first, second]);
    const leaves = await world.database.db.selectFrom('documentation.leaf').select('kind').execute();
    expect(leaves).toEqual([{ kind: 'trust.published' }, { kind: 'trust.published' }]);
  });

  it('nothing of the database is edited afterwards', async () => {
    await world.publish();

    await expect(
      world.database.db.updateTable('approval.trust_root').set({ organization: 'Others' }).execute(),
    ).rejects.toThrow(/not changed/);
  });

  describe('refuses', () => {
    it.each([
      ['a first root that too few of its own people signed', rootEnvelope(team(), 'ada'), 'root-threshold-missing'],
      ['a first root by strangers', rootEnvelope(team(), 'stranger'), 'signer-unknown'],
      ['a first root of another version', rootEnvelope(team({ version: 3 }), 'ada', 'adrian'), 'version 1'],
      ['a root that is over', rootEnvelope(team({ expiresAt: NOW - 1 }), 'ada', 'adrian'), 'expired'],
    ])('%s', async (_, envelope, said) => {
      const { code, body } = await publish(envelope);

      expect(code).toBe('trust-root-refused');
      expect(JSON.stringify(body)).toContain(said);
      expect(await world.get('trust')).toMatchObject({ root: null });
    });

    it.each([
      [
        'without the old people',
        rootEnvelope(team({ version: 2, rootSigners: ['cara', 'sam'] }), 'cara', 'sam'),
        'root-threshold-missing',
      ],
      ['with a gap', rootEnvelope(team({ version: 3 }), 'ada', 'adrian'), 'root-gap'],
      [
        'another one of the same version',
        rootEnvelope(team({ organization: 'Others' }), 'ada', 'adrian'),
        'root-rolled-back',
      ],
    ])('a next root %s', async (_, envelope, said) => {
      await world.publish();

      const { code, body } = await publish(envelope);

      expect(code).toBe('trust-root-refused');
      expect(JSON.stringify(body)).toContain(said);
    });

    it('a body that is no envelope, and one of another kind', async () => {
      const envelope = rootEnvelope(team(), 'ada', 'adrian');
      const unsorted = { ...envelope, signatures: [...envelope.signatures].reverse() };

      expect((await publish(unsorted)).code).toBe('envelope-unreadable');
      expect((await publish({ ...envelope, payloadType: 'application/vnd.patchsteward.plan.v1+json' })).code).toBe(
        'trust-root-refused',
      );
      expect((await publish({ ...envelope, payload: 'e30=' })).code).toBe('trust-root-refused');
    });

    it('a root with one byte changed after it was signed', async () => {
      const envelope = rootEnvelope(team(), 'ada', 'adrian');
      const payload = Buffer.from(Buffer.from(envelope.payload, 'base64').toString().replace('Example', 'Exomple'));

      expect((await publish({ ...envelope, payload: payload.toString('base64') })).body).toMatchObject({
        error: { code: 'trust-root-refused', message: expect.stringContaining('signature-wrong') },
      });
    });
  });

  it('a key that nobody knows makes no root', async () => {
    const strange = makeKey();
    const root = team({ machines: [{ name: 'vault-2', role: 'prober', key: strange.key }] });

    expect((await publish(rootEnvelope(root, 'stranger'))).code).toBe('trust-root-refused');
  });
});

import type { AssetBackups, BackupProof } from '@patchsteward/contract';
import { checkBackups } from '@patchsteward/core/4-backup';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { DAY_MS, HOUR_MS } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import { encodeBackupProof, type BackupProof as ProofBody } from '@patchsteward/trust/statement';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyName, knownOf, NOW, signedBy, team } from '../../../trust/src/testing/people.ts';
import { openAssetViews } from '../1-identification/asset-view-reader.ts';
import { pageOfNamedAssets } from '../1-identification/named-assets.ts';
import { testCorridor } from '../1-identification/testing/reported-host.ts';
import { timestamp } from '../platform/column-types.ts';
import type { Corridor } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { prepareBackup } from './prepare.ts';
import { backupRoutes } from './routes.ts';
import { storeWaiver } from './waiver-store.ts';

const CAMPAIGN = newId();
const lane = DEFAULT_POLICY.lanes.routine;

describeWithDatabase('backup proofs', () => {
  let database: TestDatabase;
  let corridor: Corridor;
  let app: FastifyInstance;
  let hasRoot = true;
  const web = { assetId: newId(), name: 'web-1', hostname: 'web-1.example.org' };
  const db = { assetId: newId(), name: 'db-1', hostname: null };
  const wished: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    corridor = testCorridor(database.db);
    for (const { assetId, name } of [web, db]) {
      await database.db
        .insertInto('identification.asset')
        .values({ id: assetId, name, first_seen: timestamp(NOW) })
        .execute();
    }
    app = await createTestApp(
      backupRoutes({
        db: database.db,
        corridor,
        lane,
        usableRoot: () =>
          hasRoot ? Promise.resolve(knownOf(team())) : Promise.reject(new Refusal('no-trust-root', 'There is none.')),
        findAsset: (_db, id) => Promise.resolve([web, db].find(({ assetId }) => assetId === id)),
        listAssets: (query) => pageOfNamedAssets(database.db, openAssetViews(database.db, DEFAULT_POLICY), query),
        wishesFor: (_tx, assetId) => {
          wished.push(assetId);
          return Promise.resolve([]);
        },
      }),
      { now: () => NOW, principal: { kind: 'nobody' } },
    );
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  let number = 0;
  function proof(given: Partial<ProofBody> = {}): ProofBody {
    number += 1;
    return {
      assetId: web.assetId,
      hostname: 'web-1',
      provider: 'restic',
      repository: 'vault',
      snapshotId: String(number).padStart(64, '0'),
      takenAt: NOW - HOUR_MS,
      bytes: 1_000,
      files: 10,
      paths: ['/etc', '/srv'],
      checkedAt: NOW - DAY_MS,
      probedAt: NOW - 1_000,
      prober: 'vault-1',
      ...given,
    };
  }
  async function send(body: ProofBody, ...names: readonly KeyName[]) {
    const envelope = signedBy(sealEnvelope(PAYLOAD_TYPES.backupProof, encodeBackupProof(body)), ...names);
    const response = await app.inject({ method: 'POST', url: '/api/v1/backup-proofs', payload: { envelope } });
    return { status: response.statusCode, body: response.json(), code: response.json().error?.code };
  }
  const show = async (id: string): Promise<AssetBackups> =>
    (await app.inject({ method: 'GET', url: `/api/v1/assets/${id}/backups` })).json();

  it('the word of a prober is kept as it was signed, once', async () => {
    const body = proof();

    const answers = [await send(body, 'prober'), await send(body, 'prober')];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const shown = await show(web.assetId);
    expect(shown.proofs).toHaveLength(1);
    expect(shown.proofs[0]).toMatchObject({
      snapshotId: body.snapshotId,
      hostname: 'web-1',
      takenAt: new Date(body.takenAt).toISOString(),
      bytes: 1_000,
      paths: ['/etc', '/srv'],
      prober: 'vault-1',
    } satisfies Partial<BackupProof>);
    expect(shown.reason).toBeNull();
    expect(wished).toEqual([web.assetId]);
    const leaves = await database.db.selectFrom('documentation.leaf').select(['kind', 'subject']).execute();
    expect(leaves).toEqual([{ kind: 'backup.proved', subject: web.assetId }]);
  });

  describe('refused:', () => {
    it.each([
      ['a signature by a person', {}, ['ada'], 'signer-unknown'],
      ['a signature by a stranger', {}, ['stranger'], 'signer-unknown'],
      ['a prober under the name of another', { prober: 'vault-2' }, ['prober'], 'signer-unknown'],
      ['a snapshot of another host', { hostname: 'web-10' }, ['prober'], 'backup-host-mismatch'],
      ['a snapshot of the other asset', { assetId: db.assetId }, ['prober'], 'backup-host-mismatch'],
      ['an asset that does not exist', { assetId: newId() }, ['prober'], 'backup-proof-wrong'],
      ['a snapshot without a byte', { bytes: 0 }, ['prober'], 'backup-proof-wrong'],
      ['a snapshot without a file', { files: 0 }, ['prober'], 'backup-proof-wrong'],
      ['a probe of tomorrow', { takenAt: NOW, probedAt: NOW + DAY_MS }, ['prober'], 'backup-proof-wrong'],
    ] as const)('%s', async (_, given, names, code) => {
      const before = (await show(web.assetId)).proofs.length;

      expect((await send(proof(given), ...names)).code).toBe(code);
      expect((await show(web.assetId)).proofs).toHaveLength(before);
    });

    it('a proof with one byte changed after it was signed', async () => {
      const bytes = encodeBackupProof(proof());
      const envelope = signedBy(sealEnvelope(PAYLOAD_TYPES.backupProof, bytes), 'prober');
      const payload = Buffer.from(Buffer.from(bytes).toString().replace('"bytes":1000', '"bytes":9000')).toString(
        'base64',
      );

      const response = await app.inject({
        method: 'POST',
        url: '/api/v1/backup-proofs',
        payload: { envelope: { ...envelope, payload } },
      });

      expect(response.json().error.code).toBe('signature-wrong');
    });

    it('anything before there is a trust root', async () => {
      hasRoot = false;

      expect((await send(proof(), 'prober')).code).toBe('no-trust-root');
      hasRoot = true;
    });
  });

  it('an asset that nobody proved anything of says so', async () => {
    expect(await show(db.assetId)).toMatchObject({ proofs: [], reason: { code: 'backup-missing' } });
    const page = (await app.inject({ method: 'GET', url: '/api/v1/backups' })).json();
    expect(
      page.items.map((item: { assetName: string; proof: object | null }) => [item.assetName, item.proof === null]),
    ).toEqual([
      ['db-1', true],
      ['web-1', false],
    ]);
  });

  it('is judged when it is used: too old, never checked, a size that is odd, a host that was renamed', async () => {
    const asset = { assetId: db.assetId, name: 'db-1', hostname: 'db-1' };
    const codes = async (host = asset) =>
      checkBackups(await prepareBackup(database.db, [host], CAMPAIGN), lane, NOW).missing.map(({ code }) => code);
    const put = (given: Partial<ProofBody>) =>
      send(proof({ assetId: db.assetId, hostname: 'db-1', ...given }), 'prober');

    await put({ takenAt: NOW - 40 * HOUR_MS, checkedAt: null });
    expect(await codes()).toEqual(['backup-stale', 'backup-integrity-unknown']);
    await put({ takenAt: NOW - 4 * HOUR_MS });
    await put({ takenAt: NOW - 3 * HOUR_MS });
    await put({ takenAt: NOW - 2 * HOUR_MS });
    expect(await codes()).toEqual([]);
    expect(await codes({ ...asset, name: 'cache-1', hostname: 'cache-1' })).toEqual(['backup-of-other-host']);
    await put({ takenAt: NOW - HOUR_MS, bytes: 10 });
    expect(await codes()).toEqual(['backup-too-small']);
  });

  it('a waiver covers the asset in its campaign until it ends, and in no other', async () => {
    const asset = { assetId: newId(), name: 'cache-9', hostname: null };
    await database.db
      .insertInto('identification.asset')
      .values({ id: asset.assetId, name: asset.name, first_seen: timestamp(NOW) })
      .execute();
    const waiver = {
      waiver: `sha256:${'a'.repeat(64)}`,
      assetId: asset.assetId,
      campaign: CAMPAIGN,
      person: 'otto',
      why: 'Holds nothing.',
      signedAt: NOW,
      expiresAt: NOW + HOUR_MS,
    } as Parameters<typeof storeWaiver>[1];
    await corridor.change({ actor: 'system', at: NOW }, async (tx) => {
      await storeWaiver(tx, waiver, '{}', NOW);
      return { value: undefined };
    });

    const check = async (campaign: string, now: number) =>
      checkBackups(await prepareBackup(database.db, [asset], campaign), lane, now);
    expect((await check(CAMPAIGN, NOW)).proofs).toEqual([
      { assetId: asset.assetId, evidence: waiver.waiver, waived: true },
    ]);
    expect((await check(CAMPAIGN, NOW + HOUR_MS)).missing.map(({ code }) => code)).toEqual([
      'backup-missing',
      'waiver-expired',
    ]);
    expect((await check(newId(), NOW)).proofs).toEqual([]);
  });
});

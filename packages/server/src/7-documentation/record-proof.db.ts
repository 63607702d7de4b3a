import { generateKeyPairSync } from 'node:crypto';
import type { RecordConsistency, RecordProof } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { readHead, verifyConsistency, verifyInclusion } from '@patchsteward/trust/merkle';
import { hashEntry } from '@patchsteward/trust/record';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { timestamp } from '../platform/column-types.ts';
import type { Actor } from '../platform/corridor.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { makeCheckpoint, type Remembered } from './checkpoint.ts';
import { hashLeaf } from './leaf.ts';
import { recordRoutes } from './record-routes.ts';
import { appendLeaves, sequenceLeaves } from './store.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const ADA = '01890000-0000-7000-8000-0000000000a1';
const CAMPAIGN = '01890000-0000-7000-8000-0000000000c1';
const { privateKey } = generateKeyPairSync('ed25519');
const idOf = (number: number) => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;

describeWithDatabase('proofs of the record', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let count = 0;
  let remembered: Remembered | null = null;
  /** False: the server signs nothing, as where it found that the record was changed. */
  let signs = true;

  const settle = async (): Promise<string | null> => {
    if (!signs) return null;
    remembered = await database.db.transaction().execute(async (tx) => {
      await sequenceLeaves(tx);
      return makeCheckpoint(tx, { key: privateKey, at: NOW, remembered });
    });
    return remembered?.note ?? null;
  };

  async function append(kind: string, subject: string, actor: Actor, payload: Record<string, string> = {}) {
    count += 1;
    const header = { id: idOf(count), at: NOW + count, actor };
    const leaf = { kind, subject, payload };
    const salt = new Uint8Array(32).fill(count % 256);
    await database.db
      .transaction()
      .execute((tx) => appendLeaves(tx, [{ ...header, ...leaf, salt, ...hashLeaf(header, leaf, salt) }]));
    return header.id;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.db
      .insertInto('access.person')
      .values({ id: ADA, login: 'ada', name: 'Ada Example', password_hash: 'x', roles: [], created_at: timestamp(NOW) })
      .execute();
    const parts = { db: database.db, key: privateKey, scratchDirectory: '/nowhere', rows: async function* () {} };
    app = await createTestApp(recordRoutes({ ...parts, settle }), { now: () => NOW });
    for (let number = 0; number < 12; number += 1) await append('asset.changed', `asset-${number}`, `person:${ADA}`);
    await append('campaign.opened', CAMPAIGN, 'system');
    await append('job.queued', 'job-1', 'system', { campaign: CAMPAIGN });
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const get = async (url: string) => {
    const response = await app.inject({ url: `/api/v1/record${url}` });
    return { status: response.statusCode, body: response.json(), code: response.json().error?.code };
  };
  const holds = ({ entry, checkpoint, path }: RecordProof): boolean => {
    const { leafHash: leaf } = hashEntry(entry, entry.payload, Buffer.from(entry.salt, 'base64'));
    const head = readHead(checkpoint.note);
    if (head === null || leaf !== entry.leafHash) return false;
    const proof = path as Hash[]; // The contract checked their form.
    return verifyInclusion({ leaf, index: entry.index, size: head.size, proof, root: head.root });
  };

  it('an entry that stands under no signature yet gets one, and its proof holds', async () => {
    const { body } = await get(`/entries/${idOf(3)}/proof`);
    expect(body).toMatchObject({ entry: { index: 2, subject: 'asset-2' }, checkpoint: { size: 14 } });
    expect(holds(body)).toBe(true);
    expect(holds({ ...body, entry: { ...body.entry, subject: 'asset-3' } })).toBe(false);
  });

  it('every entry is proved, before and after the record grew, and the older is the beginning of the newer', async () => {
    const before = (await get('')).body.checkpoint;
    for (let number = 0; number < 5; number += 1) await append('feed.imported', 'kev', 'system');
    for (let number = 1; number <= count; number += 1) {
      expect(holds((await get(`/entries/${idOf(number)}/proof`)).body)).toBe(true);
    }
    const { body }: { body: RecordConsistency } = await get(`/consistency?from=${before.size}`);
    const [from, to] = [readHead(before.note), readHead(body.checkpoint.note)];
    if (from === null || to === null) throw new Error('a checkpoint is unreadable');
    expect(to.size).toBe(19);
    expect(verifyConsistency({ from, to, proof: body.path as Hash[] })).toBe(true);
  });

  it.each([
    ['?kind=asset', 12],
    ['?kind=asset.changed', 12],
    ['?kind=ass', 0],
    ['?actor=ada', 12],
    [`?actor=person:${ADA}`, 12],
    ['?actor=system', 7],
    ['?subject=asset-3', 1],
    [`?campaign=${CAMPAIGN}`, 2],
    ['?search=ADA%20EX', 12],
    ['?search=asset-1', 3],
    ['?search=%25', 0],
    ['?kind=feed&actor=ada', 0],
  ])('of %s there are %i', async (query, total) => {
    const { body } = await get(`/entries${query}`);
    expect(body.total).toBe(total);
    expect(body.items).toHaveLength(total);
  });

  it('names a person as they are called, and the server not at all', async () => {
    const { body } = await get('/entries?limit=500');
    const names = new Set(body.items.map(({ actorName }: { actorName: string | null }) => actorName));
    expect(names).toEqual(new Set(['Ada Example', null]));
  });

  it('of what does not exist, is longer than the record, or stands under no signature there is none', async () => {
    expect((await get(`/entries/${idOf(999)}/proof`)).code).toBe('not-found');
    expect((await get('/consistency?from=1000')).code).toBe('record-unproved');
    signs = false;
    const unsigned = await append('feed.imported', 'kev', 'system');
    expect((await get(`/entries/${unsigned}/proof`)).code).toBe('record-unproved');
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CampaignSummary } from '@patchsteward/contract';
import { type RecordVerdict, RecordVerifier } from '@patchsteward/trust/record';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RECORD_ORIGIN } from '../7-documentation/checkpoint.ts';
import { writeRecord } from '../7-documentation/export.ts';
import { readReport } from '../7-documentation/report-store.ts';
import type { Tx } from '../platform/database.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { exportedRows } from './evidence-rows.ts';
import { settleRecord } from './record-keeper.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from './testing/campaign-world.ts';
import { dropConstraints, type Tampering, tamperings, tamperWith } from './testing/tampering.ts';
import { approve, assessRisk, carryOut, PRODUCTION, planOf } from './testing/walk.ts';

/** Ten a second; a thousand in the tier of tests, ten thousand where somebody asks for them. */
const EDITS = Number(process.env['PATCHSTEWARD_TAMPERINGS'] ?? 1_000);
const WALK_MS_MAX = 600_000;
const SEED = 20_261_122;

class RolledBack extends Error {}

describeWithDatabase('the database of a finished campaign', () => {
  let world: CampaignWorld;
  let folder: string;
  let campaign: string;
  let parts: Parameters<typeof writeRecord>[0];

  beforeAll(async () => {
    world = await openCampaignWorld();
    folder = await mkdtemp(join(tmpdir(), 'patchsteward-tamper-'));
    const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
    campaign = id;
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    await carryOut(world, id, ['ring-1'], 'tested');
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');
    await approve(world, id, await planOf(world, id, 'production'));
    await carryOut(world, id, PRODUCTION, 'audited');
    await world.said(world.statement('audit.signed', id, 'adrian', { dispositions: [] }), 'adrian');
    await world.said(world.statement('audit.signed', id, 'sam', { dispositions: [] }), 'sam');
    await world.settle();
    expect((await world.state(id)).state).toBe('completed');

    const { privateKey: key } = generateKeyPairSync('ed25519');
    const keeping = {
      db: world.database.db,
      key,
      headPath: join(folder, 'record-head'),
      clock: () => 1_800_000_000_000,
    };
    const remembered = await settleRecord(keeping);
    parts = { key, origin: RECORD_ORIGIN, remembered, rows: exportedRows };
    await dropConstraints(world.database.db);
  }, WALK_MS_MAX);
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  async function verdictIn(tx: Tx): Promise<RecordVerdict> {
    const verifier = new RecordVerifier();
    await writeRecord(parts, tx, (text) => {
      verifier.add(Buffer.from(text, 'utf8'));
      return Promise.resolve();
    });
    return verifier.end();
  }

  /** What is found after it; the database is then as it was. */
  async function foundAfter(tampering: Tampering): Promise<RecordVerdict> {
    let verdict: RecordVerdict | undefined;
    await world.database.db
      .transaction()
      .execute(async (tx) => {
        // As somebody who owns the database: no trigger stands in the way.
        await sql`set local session_replication_role = replica`.execute(tx);
        await tamperWith(tx, tampering);
        verdict = await verdictIn(tx);
        throw new RolledBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
      });
    if (verdict === undefined) throw new Error('nothing was verified');
    return verdict;
  }

  it('is reported with every host, every person and the time of every signature', async () => {
    const report = await readReport(world.database.db, campaign, 1_800_000_000_000);

    expect(report).toMatchObject({ state: 'completed', ended: true, totals: { succeeded: 3, failed: 0 } });
    const acts = report?.acts.map(({ at, person, act }) => [typeof at, person, act]) ?? [];
    expect(acts).toEqual(
      expect.arrayContaining([
        ['number', 'ivy', expect.stringMatching(/^assessed the change/)],
        ['number', 'ivy', 'signed the test plan'],
        ['number', 'ivy', 'requested the change'],
        ['number', expect.any(String), 'approved the plan'],
        ['number', 'sam', 'signed the audit'],
      ]),
    );
    expect(acts.every(([type]) => type === 'number')).toBe(true);
  });

  it('verifies as it is', async () => {
    const verdict = await world.database.db.transaction().execute(verdictIn);

    expect(verdict).toMatchObject({ faults: [], campaigns: 1 });
    expect(verdict.rows).toBeGreaterThan(80);
  });

  it(`${EDITS} random edits, deletions and reorderings: every one is found`, { timeout: 3 * WALK_MS_MAX }, async () => {
    const drawn = await tamperings(world.database.db, EDITS, SEED);
    const missed: Tampering[] = [];
    const byKind = new Map<string, number>();
    for (const tampering of drawn) {
      byKind.set(`${tampering.kind} ${tampering.table}`, (byKind.get(`${tampering.kind} ${tampering.table}`) ?? 0) + 1);
      if ((await foundAfter(tampering)).faultCount === 0) missed.push(tampering);
    }

    expect(missed).toEqual([]);
    expect(drawn).toHaveLength(EDITS);
    // Every table was tampered with in every way.
    expect(Math.min(...byKind.values())).toBeGreaterThan(EDITS / 500);
    expect(byKind.size).toBeGreaterThan(30);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { RecordVerdict } from '@patchsteward/trust/record';
import { RecordVerifier } from '@patchsteward/trust/record';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportRecord } from '../7-documentation/export.ts';
import { createLog } from '../platform/log.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { createCorridor } from './corridor.ts';
import { exportedRows } from './evidence-rows.ts';
import { settleRecord, startCheckpoints } from './record-keeper.ts';
import { testMint } from './testing/parts.ts';

const AT = Date.parse('2026-11-22T10:00:00.123Z');
const ORIGIN = 'patchsteward/record';

describeWithDatabase('the record', () => {
  let database: TestDatabase;
  let folder: string;
  let keeping: Parameters<typeof settleRecord>[0];
  beforeEach(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'patchsteward-record-'));
    const { privateKey: key } = generateKeyPairSync('ed25519');
    keeping = { db: database.db, key, headPath: join(folder, 'record-head'), clock: () => AT };
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  async function write(...subjects: readonly string[]): Promise<void> {
    const corridor = createCorridor(database.db, testMint, () => undefined);
    for (const subject of subjects) {
      const leaf = { kind: 'thing.changed', subject, payload: { to: subject, half: 0.5, not: null } };
      await corridor.change({ actor: 'system', at: AT }, () => Promise.resolve({ value: undefined, leaves: [leaf] }));
    }
  }

  async function exported(): Promise<Buffer> {
    const remembered = await settleRecord(keeping);
    const { db, key } = keeping;
    const parts = {
      db,
      key,
      origin: ORIGIN,
      remembered,
      scratchDirectory: join(folder, 'scratch'),
      rows: exportedRows,
    };
    return buffer(await exportRecord(parts));
  }

  async function verdict(): Promise<RecordVerdict> {
    const verifier = new RecordVerifier();
    verifier.add(await exported());
    return verifier.end();
  }

  /** As somebody who owns the database: no trigger stands in the way. */
  async function tamper(statement: string): Promise<void> {
    await database.db.connection().execute(async (connection) => {
      await sql`set session_replication_role = replica`.execute(connection);
      await sql.raw(statement).execute(connection);
      await sql`set session_replication_role = origin`.execute(connection);
    });
  }

  test('that is empty is exported and verified', async () => {
    expect(await verdict()).toMatchObject({ faultCount: 0, entries: 0, checkpoints: 0 });
  });

  test('is whole over several checkpoints, and an unchanged one makes none', async () => {
    await write('a', 'b', 'c');
    await exported();
    await exported();
    await write('d');

    expect(await verdict()).toMatchObject({ faults: [], entries: 4, checkpoints: 2 });
  });

  test('leaves nothing behind where it was exported from', async () => {
    await write('a');
    await exported();

    expect(await readdir(join(folder, 'scratch'))).toEqual([]);
  });

  test('comes under a signature by itself', async () => {
    await write('a', 'b');
    const checkpoints = startCheckpoints(keeping, createLog({ level: 'silent' }));
    for (let look = 0; look < 400; look += 1) {
      const { rows } = await sql`select size from documentation.checkpoint`.execute(database.db);
      if (rows.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await checkpoints.stop();

    expect(await readFile(keeping.headPath, 'utf8')).toMatch(/^patchsteward\/record\n2\n/);
  });

  describe('changed by an owner of the database is found out', () => {
    const CHANGES: readonly (readonly [what: string, statement: string])[] = [
      ...['actor', 'kind', 'subject', 'leaf_hash', 'payload_hash'].map(
        (column) =>
          [`${column}`, `update documentation.leaf set ${column} = ${column} || 'x' where index = 1`] as const,
      ),
      ['when', `update documentation.leaf set at = at + interval '1 millisecond' where index = 1`],
      ['what', `update documentation.leaf set payload = '{}' where index = 1`],
      ['the salt', `update documentation.leaf set salt = 'x' where index = 1`],
      ['an entry gone', 'delete from documentation.leaf where index = 1'],
      ['the last entry gone', 'delete from documentation.leaf where index = 3'],
      ['every entry gone', 'delete from documentation.leaf'],
      [
        'two entries exchanged',
        'update documentation.leaf set index = 11 - index where index in (1, 2); update documentation.leaf set index = index - 8 where index > 8',
      ],
      [
        'an entry forged in between',
        'update documentation.leaf set payload = payload, leaf_hash = payload_hash where index = 0',
      ],
      ['the first checkpoint gone', 'delete from documentation.checkpoint where size = 2'],
      ['the last checkpoint gone', 'delete from documentation.checkpoint where size = 4'],
      ['every checkpoint gone', 'delete from documentation.checkpoint'],
      ['a checkpoint with other words', `update documentation.checkpoint set note = note || 'x' where size = 2`],
      [
        'another time beside a checkpoint',
        `update documentation.checkpoint set at = at - interval '1 hour' where size = 2`,
      ],
      ['another root beside a checkpoint', `update documentation.checkpoint set root_hash = 'x' where size = 2`],
      ['other peaks beside a checkpoint', `update documentation.checkpoint set peaks = '{}' where size = 4`],
      ['another size of a checkpoint', 'update documentation.checkpoint set size = 3 where size = 2'],
      ['the whole record gone', 'delete from documentation.leaf; delete from documentation.checkpoint'],
    ];

    test.each(CHANGES)('%s', async (_, statement) => {
      await write('a', 'b');
      await exported();
      await write('c', 'd');
      expect((await verdict()).faultCount).toBe(0);

      for (const part of statement.split('; ')) await tamper(part);

      expect((await verdict()).faultCount).toBeGreaterThan(0);
    });

    test('nothing more is signed on top of it', async () => {
      await write('a', 'b');
      await exported();
      await tamper('delete from documentation.checkpoint');
      await write('c');

      await exported();

      expect((await sql`select size from documentation.checkpoint`.execute(database.db)).rows).toEqual([]);
    });
  });
});

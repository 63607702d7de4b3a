import { join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { openRecordKey } from './7-documentation/record-key.ts';
import { recordRoutes } from './7-documentation/record-routes.ts';
import { reportRoutes } from './7-documentation/report-routes.ts';
import { exportedRows } from './campaign/evidence-rows.ts';
import { settleRecord, startCheckpoints } from './campaign/record-keeper.ts';
import { grantSeal } from './campaign/seal.ts';
import type { WishHandler } from './platform/corridor.ts';
import type { Db } from './platform/database.ts';
import type { Log } from './platform/log.ts';

interface RecordOptions {
  readonly db: Db;
  readonly keysDirectory: string;
  /** The data directory. */
  readonly data: string;
  readonly clock: () => Instant;
  readonly log: Log;
}

/** The record as the corridor and the doors see it: its signatures, its seals, its export. */
export async function openRecord({ db, keysDirectory, data, clock, log }: RecordOptions) {
  const key = await openRecordKey(keysDirectory);
  const keeping = { db, key, headPath: join(keysDirectory, 'record-head'), clock };
  const checkpoints = startCheckpoints(keeping, log);
  const wishes: Readonly<Record<string, WishHandler>> = { 'record.seal': grantSeal };
  return {
    wishes,
    routes: {
      ...reportRoutes(db),
      ...recordRoutes({
        db,
        key,
        scratchDirectory: join(data, 'scratch'),
        rows: exportedRows,
        settle: () => settleRecord(keeping),
      }),
    },
    close: () => checkpoints.stop(),
  };
}

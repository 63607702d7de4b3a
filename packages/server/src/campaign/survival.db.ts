import { afterAll, expect, test } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { ServerProcess } from './testing/server-process.ts';
import { surviveKills } from './testing/survival.ts';
import { lossesOf } from './testing/survival-check.ts';

/** The real tier goes through fifty. */
const KILLS = 10;
const SEED = 20_261_122;
const SURVIVAL_MS_MAX = 240_000;

describeWithDatabase(`${KILLS} kills of server and database while reports come in`, () => {
  let server: ServerProcess | undefined;
  afterAll(() => server?.remove());

  test('lose nothing that was acknowledged', { timeout: SURVIVAL_MS_MAX }, async () => {
    server = await ServerProcess.create();

    const survival = await surviveKills(server, { kills: KILLS, seed: SEED });

    expect(survival.ledger.surprises).toEqual([]);
    expect(await lossesOf(survival)).toEqual([]);
    expect(survival.kills.server + survival.kills.database).toBeGreaterThanOrEqual(KILLS);
  });
});

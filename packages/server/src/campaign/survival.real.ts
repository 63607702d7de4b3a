import { afterAll, expect, test } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { ServerProcess } from './testing/server-process.ts';
import { surviveKills } from './testing/survival.ts';
import { lossesOf } from './testing/survival-check.ts';

const KILLS = 50;
const SEED = Number(process.env['PATCHSTEWARD_SEED'] ?? 1);

describeWithDatabase(`fifty kills of server and database while reports come in, seed ${SEED}`, () => {
  let server: ServerProcess | undefined;
  afterAll(() => server?.remove());

  test('lose nothing that was acknowledged', async () => {
    server = await ServerProcess.create();

    const survival = await surviveKills(server, { kills: KILLS, seed: SEED });
    const losses = await lossesOf(survival);

    const { ledger, kills, late } = survival;
    const reports = [...ledger.reports.values()].flat();
    const acknowledged =
      reports.filter((report) => report.acknowledged).length + ledger.changes.length + ledger.tokens.length;
    process.stdout.write(
      `kills of the server ${kills.server}, of the database ${kills.database}, too late ${late}, ` +
        `acknowledged ${acknowledged}, lost ${losses.length}\n`,
    );
    expect(ledger.surprises, await server.causesOf(ledger.surprises)).toEqual([]);
    expect(losses).toEqual([]);
    // A run in which hardly anything got through would prove nothing.
    expect(acknowledged).toBeGreaterThan(KILLS * 5);
  });
});

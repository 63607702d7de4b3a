import { ServerProcess } from '../../packages/server/src/campaign/testing/server-process.ts';
import { surviveKills } from '../../packages/server/src/campaign/testing/survival.ts';
import { lossesOf } from '../../packages/server/src/campaign/testing/survival-check.ts';
import type { FaultCounts, FaultWish } from './figures.ts';

/** Server and database are killed while hosts report and people change things; then every answer is held against it. */
export async function killServerAndDatabase({ count, ...rest }: FaultWish): Promise<FaultCounts> {
  const server = await ServerProcess.create();
  try {
    const survival = await surviveKills(server, { kills: count, ...rest });
    const losses = await lossesOf(survival);
    const { ledger, kills, late } = survival;
    const reports = [...ledger.reports.values()].flat().filter(({ acknowledged }) => acknowledged).length;
    const runs = reports + ledger.changes.length + ledger.tokens.length;
    const bent = losses.filter(({ kind }) => kind === 'bent').length;
    const [lost, doubled] = [
      losses.filter(({ kind }) => kind === 'lost').length,
      losses.filter(({ kind }) => kind === 'doubled').length,
    ];
    const causes = ledger.surprises.length === 0 ? [] : [await server.causesOf(ledger.surprises)];
    return {
      struck: { ...kills },
      ...{ late, runs, converged: runs - lost, falseSuccesses: bent, lost, doubled },
      faults: [...losses.map(({ kind, what }) => `${kind}: ${what}`), ...ledger.surprises, ...causes],
    };
  } finally {
    await server.remove();
  }
}

import type { SeverityMove } from '@patchsteward/contract';
import type { SaidSeverity } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import { timeOf } from './assessment-body.ts';
import type { KnowledgeRow } from './evidence-store.ts';
import type { HolderRow, LiveFindingRow } from './fleet-group-store.ts';
import { urgencies } from './fleet-urgency.ts';

interface Moving {
  readonly from: Lane;
  readonly to: Lane;
  readonly vulnerabilities: Set<string>;
  findings: number;
  dueBefore: Instant;
  dueAfter: Instant;
}

export interface Moves {
  readonly findings: number;
  readonly moves: SeverityMove[];
}

/** How a row reads once something is decided. */
export type RowChange = <Row extends KnowledgeRow>(row: Row) => Row;

/** What becomes of findings when this is decided of their vulnerabilities. */
export function severityMoves(
  findings: readonly LiveFindingRow[],
  holders: readonly HolderRow[],
  becomingOf: RowChange,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Moves {
  const holdersOf = Map.groupBy(holders, (row) => row.source_version_id);
  const urgencyOf = urgencies(policy, now);
  const moving = new Map<string, Moving>();
  let total = 0;
  for (const row of findings) {
    const after = becomingOf(row);
    for (const holder of holdersOf.get(row.source_version_id) ?? []) {
      total += holder.assets;
      const [was, becomes] = [urgencyOf(row, holder), urgencyOf(after, holder)];
      if (was.lane === becomes.lane && was.due === becomes.due) continue;
      const key = `${was.lane} ${becomes.lane}`;
      const known = moving.get(key) ?? {
        ...{ from: was.lane, to: becomes.lane, vulnerabilities: new Set<string>(), findings: 0 },
        ...{ dueBefore: was.due, dueAfter: becomes.due },
      };
      moving.set(key, known);
      known.vulnerabilities.add(row.vulnerability);
      known.findings += holder.assets;
      known.dueBefore = Math.min(known.dueBefore, was.due);
      known.dueAfter = Math.min(known.dueAfter, becomes.due);
    }
  }
  return { findings: total, moves: [...moving.values()].sort((a, b) => b.findings - a.findings).map(moveBody) };
}

/** The row as it is read once this is said; null: once nothing is. */
export function saying(said: SaidSeverity | null): RowChange {
  return (row) => ({
    ...row,
    said_severity: said?.severity ?? null,
    said_by: said?.by ?? null,
    said_why: said?.why ?? null,
    said_at: said?.at ?? null,
  });
}

function moveBody({ from, to, vulnerabilities, findings, dueBefore, dueAfter }: Moving): SeverityMove {
  return {
    ...{ from, to, findings, vulnerabilities: vulnerabilities.size },
    ...{ dueBefore: timeOf(dueBefore), dueAfter: timeOf(dueAfter) },
  };
}

import { setImmediate } from 'node:timers/promises';
import { assess } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Tx } from '../platform/database.ts';
import {
  type PlainOfferRow,
  readHolders,
  readLiveFindings,
  readOverlaps,
  readPlainOffers,
  storeFindingUrgencies,
  storeFleetGroups,
  storeUpdateSources,
  storeUpdateUrgencies,
  type UpdateUrgencyRow,
} from './fleet-group-store.ts';
import { FleetGroups } from './fleet-groups.ts';
import { countFleetFindings, countFleetUpdates } from './fleet-store.ts';
import { urgencies } from './fleet-urgency.ts';

/** Findings between two looks at what else waits: some ten milliseconds of work. */
const COUNTED_AT_ONCE_MAX = 2_000;

/** Brings every list over the fleet to what the assets have now. */
export async function countAll(tx: Tx, policy: Policy, now: Instant): Promise<void> {
  await countFleetFindings(tx);
  await countFleetUpdates(tx);
  await countGroups(tx, policy, now);
  await countUpdateUrgencies(tx, policy, now);
}

async function countGroups(tx: Tx, policy: Policy, now: Instant): Promise<void> {
  const holders = Map.groupBy(await readHolders(tx, null), (row) => row.source_version_id);
  const groups = new FleetGroups(urgencies(policy, now));
  const findings = await readLiveFindings(tx, null);
  for (const [at, finding] of findings.entries()) {
    if (at % COUNTED_AT_ONCE_MAX === COUNTED_AT_ONCE_MAX - 1) await setImmediate();
    groups.add(finding, holders.get(finding.source_version_id) ?? []);
  }
  for (const overlap of await readOverlaps(tx, null)) groups.takeOff(overlap);
  await storeFindingUrgencies(tx, groups.urgencyRows());
  await storeFleetGroups(tx, groups.rows());
}

async function countUpdateUrgencies(tx: Tx, policy: Policy, now: Instant): Promise<void> {
  const plain = new Map<string, { readonly row: UpdateUrgencyRow; readonly dueAt: Instant }>();
  for (const row of await readPlainOffers(tx)) {
    const { scope, source, source_version } = row;
    const key = `${scope} ${source} ${source_version}`;
    const { lane, due } = assessPlain(row, policy, now);
    const before = plain.get(key);
    if (before !== undefined && before.dueAt <= due) continue;
    plain.set(key, { row: { scope, source, source_version, lane, due: new Date(due).toISOString() }, dueAt: due });
  }
  await storeUpdateUrgencies(
    tx,
    [...plain.values()].map((one) => one.row),
  );
  await storeUpdateSources(tx);
}

/** Without a vulnerability it is due all the same. // SOP S2 */
function assessPlain(row: PlainOfferRow, policy: Policy, now: Instant) {
  const facts = {
    subject: `${row.source} ${row.source_version}`,
    security: row.kind === 'security',
    fixed: row.source_version,
    advisoryAt: null,
    advisoryPrecision: 'time',
    indexAt: row.index_date,
    advisorySeen: row.first_seen,
    declaredEmergencyAt: null,
    intelligence: null,
  } as const;
  const { exposure, criticality, asset_first_seen: firstSeen } = row;
  return assess(facts, { exposure, criticality, firstSeen }, policy, now);
}

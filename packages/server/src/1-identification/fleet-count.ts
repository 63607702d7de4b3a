import { setImmediate } from 'node:timers/promises';
import { assess } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Tx } from '../platform/database.ts';
import {
  type LiveFindingRow,
  readHolders,
  readLiveFindings,
  readOverlaps,
  readPlainOffers,
  storeFindingUrgencies,
  storeFleetGroups,
  storeUpdateUrgencies,
  type UpdateUrgencyRow,
} from './fleet-group-store.ts';
import { FleetGroups } from './fleet-groups.ts';
import { countIdle } from './fleet-idle-store.ts';
import { type KernelParts, readKernelParts } from './fleet-parts.ts';
import {
  type FleetProposalRow,
  noteNewestOffers,
  readNewestOffers,
  readOfferHolders,
  storeProposals,
} from './fleet-proposal-store.ts';
import { proposalRow } from './fleet-proposals.ts';
import { countFleetFindings, countFleetUpdates } from './fleet-store.ts';
import { storeUpdateGroups } from './fleet-update-group-store.ts';
import { type AnswersByAsset, urgencies } from './fleet-urgency.ts';
import { plainFacts } from './plain-offer.ts';

/** Findings between two looks at what else waits: some ten milliseconds of work. */
const COUNTED_AT_ONCE_MAX = 2_000;
/** Proposals between two such looks; each is about dozens of kinds of hosts. */
const PROPOSED_AT_ONCE_MAX = 100;

/** What lanes and due times over the fleet are counted by. */
interface CountedBy {
  readonly policy: Policy;
  /** What people answered to risks, on all assets. */
  readonly said: AnswersByAsset;
  readonly now: Instant;
}

/** Brings every list over the fleet to what the assets have now. */
export async function countAll(tx: Tx, { policy, said, now }: CountedBy): Promise<void> {
  const kernels = await readKernelParts(tx);
  await countFleetFindings(tx, kernels);
  await countIdle(tx, kernels);
  await countFleetUpdates(tx, kernels);
  const findings = await readLiveFindings(tx, null);
  await countGroups(tx, findings, kernels, { policy, said, now });
  await countUpdateUrgencies(tx, policy, now);
  await countProposals(tx, findings, kernels, { policy, said, now });
}

async function countGroups(
  tx: Tx,
  findings: readonly LiveFindingRow[],
  kernels: KernelParts,
  { policy, said, now }: CountedBy,
): Promise<void> {
  const holders = Map.groupBy(await readHolders(tx, null, kernels, [...said.keys()]), (row) => row.source_version_id);
  const groups = new FleetGroups(urgencies(policy, now, said));
  for (const [at, finding] of findings.entries()) {
    if (at % COUNTED_AT_ONCE_MAX === COUNTED_AT_ONCE_MAX - 1) await setImmediate();
    groups.add(finding, holders.get(finding.source_version_id) ?? []);
  }
  for (const overlap of await readOverlaps(tx, null, kernels)) groups.takeOff(overlap);
  await storeFindingUrgencies(tx, groups.urgencyRows());
  await storeFleetGroups(tx, groups.rows());
}

async function countUpdateUrgencies(tx: Tx, policy: Policy, now: Instant): Promise<void> {
  const plain = new Map<string, { readonly row: UpdateUrgencyRow; readonly dueAt: Instant }>();
  for (const row of await readPlainOffers(tx)) {
    const { scope, source, source_version } = row;
    const key = `${scope} ${source} ${source_version}`;
    const { exposure, criticality, asset_first_seen: firstSeen } = row;
    const { lane, due } = assess(plainFacts(row), { exposure, criticality, firstSeen }, policy, now);
    const before = plain.get(key);
    if (before !== undefined && before.dueAt <= due) continue;
    plain.set(key, { row: { scope, source, source_version, lane, due: new Date(due).toISOString() }, dueAt: due });
  }
  await storeUpdateUrgencies(
    tx,
    [...plain.values()].map((one) => one.row),
  );
  await storeUpdateGroups(tx);
}

/** What could be opened as a campaign, from what is offered and from what of the findings it ends. */
async function countProposals(
  tx: Tx,
  findings: readonly LiveFindingRow[],
  kernels: KernelParts,
  { policy, said, now }: CountedBy,
): Promise<void> {
  // The newest offered version of a source ends whatever any offered version of it ends.
  const ended = Map.groupBy(
    findings.filter(({ offered }) => offered),
    (row) => row.source_version_id,
  );
  const endedOf = (sourceVersionId: number) => ended.get(sourceVersionId) ?? [];
  await noteNewestOffers(tx, kernels);
  const holders = Map.groupBy(await readOfferHolders(tx, kernels, [...said.keys()]), (row) => row.offer_id);
  const rows: FleetProposalRow[] = [];
  for (const [at, offer] of (await readNewestOffers(tx)).entries()) {
    if (at % PROPOSED_AT_ONCE_MAX === PROPOSED_AT_ONCE_MAX - 1) await setImmediate();
    const row = proposalRow(offer, {
      ...{ holders: holders.get(offer.offer_id) ?? [], endedOf, said, policy, now },
    });
    if (row !== undefined) rows.push(row);
  }
  await storeProposals(tx, rows);
}

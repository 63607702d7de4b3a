import { decide, type EvaluationFacts, fallenOf, withAnswers } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Changed, Corridor, GrantedWish, NewLeaf, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { findStale, lockAssessments, readBases, storeAssessment } from './assessment-store.ts';
import type { Basis, ReadEvidence } from './evidence.ts';
import { NO_ANSWERS, readAnswers, storeFallen } from './response-cover-store.ts';
import { condensed } from './verdict.ts';

/** Assets of one transaction: half a second of work at most. */
const ASSESSED_AT_ONCE_MAX = 25;

const STALE_WISH: Wish = { kind: 'assess', key: 'stale', payload: null };
/** What assets report is also what the lists over the fleet count. */
const FLEET_WISH: Wish = { kind: 'fleet', key: 'fleet', payload: null };

/** Gives a fresh reader for each batch, so that what it keeps in memory is as old as the batch. */
type EvidenceReader = () => ReadEvidence;

/** What assessing goes by. */
interface Assessing {
  readonly evidenceReader: EvidenceReader;
  readonly policy: Policy;
  /** Given by whoever knows campaigns: what must follow where assets are judged by other facts than before. */
  readonly follow: (tx: Tx, assetIds: readonly string[]) => Promise<readonly Wish[]>;
}

/** Grants `assess`: `asset:<id>` an asset that changed; anything else, whatever is out of date. */
export async function grantAssess(assessing: Assessing, wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const asset = /^asset:([0-9a-f-]{36})$/.exec(wish.key)?.[1];
  if (asset !== undefined) {
    const { leaves, follow } = await assessAssets(tx, [asset], assessing, wish.at);
    return { value: undefined, leaves, wishes: [FLEET_WISH, ...follow], touched: [`asset:${asset}`, 'assets'] };
  }
  const { assessed, leaves, follow } = await assessSome(tx, assessing, wish.at);
  return assessed === 0
    ? { value: undefined }
    : { value: undefined, leaves, wishes: [STALE_WISH, ...follow], touched: ['asset', 'assets'] };
}

/** Assesses until nothing is out of date, or the time is over; says how many assets it assessed. */
export async function assessAll(
  corridor: Corridor,
  assessing: Assessing,
  clock: () => Instant,
  until: Instant = Number.POSITIVE_INFINITY,
): Promise<number> {
  let assessed = 0;
  for (;;) {
    const at = clock();
    if (at > until) return assessed;
    const some = await corridor.change({ actor: 'system', at }, async (tx) => {
      const { assessed: value, leaves, follow } = await assessSome(tx, assessing, at);
      return { value, leaves, wishes: follow };
    });
    assessed += some;
    if (some === 0) return assessed;
  }
}

async function assessSome(tx: Tx, assessing: Assessing, at: Instant) {
  const assets = await findStale(tx, assessing.policy.version, { at, limit: ASSESSED_AT_ONCE_MAX });
  return { ...(await assessAssets(tx, assets, assessing, at)), assessed: assets.length };
}

interface AssessedAssets {
  readonly leaves: readonly NewLeaf[];
  readonly follow: readonly Wish[];
}

/**
 * Step 2 of one asset after the other: reads what step 1 found and what people answered, decides, stores the verdict.
 * What got worse than what was answered for is written down, with its entry of the record. // SOP P2.1 P2.2
 */
async function assessAssets(
  tx: Tx,
  assetIds: readonly string[],
  { evidenceReader, follow, policy }: Assessing,
  at: Instant,
): Promise<AssessedAssets> {
  if (assetIds.length === 0) return { leaves: [], follow: [] };
  const readEvidence = evidenceReader();
  await lockAssessments(tx, assetIds);
  const bases = await readBases(tx, assetIds);
  const refounded: string[] = [];
  const answers = await readAnswers(tx, assetIds);
  const leaves: NewLeaf[] = [];
  for (const assetId of assetIds) {
    const evidence = await readEvidence(tx, assetId);
    if (evidence === null) continue;
    const { basis, figures, securityUpdates } = evidence;
    const said = answers.get(assetId) ?? NO_ANSWERS;
    const findings = evidence.facts.findings.map((finding) => withAnswers(finding, said));
    const facts: EvaluationFacts = { ...evidence.facts, findings };
    const fallen = await storeFallen(tx, assetId, fallenOf(findings, facts.asset, policy, at), at);
    leaves.push(...fallen.map(({ response, ...one }) => reopened(response, { ...one, assetId })));
    const verdict = condensed(decide(facts, policy, at));
    await storeAssessment(tx, { assetId, policyVersion: policy.version, verdict, figures, securityUpdates, basis, at });
    const before = bases.get(assetId);
    if (before !== undefined && isRefounded(before, { ...basis, policyVersion: policy.version }))
      refounded.push(assetId);
  }
  return { leaves, follow: refounded.length === 0 ? [] : await follow(tx, refounded) };
}

/**
 * The same packages are judged by other facts: of vulnerabilities, of the asset, or of the policy. What a host merely
 * reports anew changes nothing of how urgent an update is.
 */
function isRefounded(before: FoundedOn, now: FoundedOn): boolean {
  if (before.assetVersion !== now.assetVersion || before.policyVersion !== now.policyVersion) return true;
  return before.packageSetId === now.packageSetId && before.setRevision !== now.setRevision;
}

interface FoundedOn extends Basis {
  readonly policyVersion: string;
}

function reopened(response: string, payload: { readonly [name: string]: string }): NewLeaf {
  return { kind: 'exception.reopened', subject: response, payload };
}

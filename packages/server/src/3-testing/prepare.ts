import type { VerifiedTransaction } from '@patchsteward/core/plan';
import { type Reason, type ReasonCode, reasonOf } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';
import { type ProposalRow, readProposals, type WantedTransaction } from './proposal-store.ts';
import { targetsHash } from './proposals.ts';
import { readVerifications, type VerificationRow } from './verification-store.ts';

/** Somebody may be at work against us: the campaign is put into quarantine. All else waits for a person or for time. */
const HOSTILE: readonly ReasonCode[] = ['hash-mismatch', 'signature-wrong', 'index-rolled-back'];

/** How far the files of an asset's update are from being believed. */
export type AssetAuthenticity =
  | { readonly assetId: string; readonly kind: 'verified'; readonly transaction: VerifiedTransaction }
  | {
      readonly assetId: string;
      readonly kind: 'pending' | 'failed';
      readonly reasons: readonly Reason[];
      readonly details: readonly string[];
    };

/** The facts of room 3's first question, per asset in the order of the wanted ones. Reads only. // SOP checklist c8 */
export async function prepareTesting(db: Reader, wanted: readonly WantedTransaction[]): Promise<AssetAuthenticity[]> {
  const proposals = await readProposals(db, [...new Set(wanted.map(({ assetId }) => assetId))]);
  const hashes = proposals.map(({ transactionHash }) => transactionHash).filter((hash) => hash !== null);
  const verifications = new Map((await readVerifications(db, [...new Set(hashes)])).map((row) => [row.hash, row]));
  const answered = new Map(proposals.map((row) => [questionKey(row.assetId, row.packagesHash, row.targetsHash), row]));
  return wanted.map((one) => {
    const proposal = answered.get(questionKey(one.assetId, one.packagesHash, targetsHash(one.targets)));
    const verification = proposal?.transactionHash == null ? undefined : verifications.get(proposal.transactionHash);
    return authenticityOf(one, proposal, verification);
  });
}

function questionKey(assetId: string, packagesHash: string, targets: string): string {
  return `${assetId} ${packagesHash} ${targets}`;
}

function authenticityOf(
  { assetId }: WantedTransaction,
  proposal: ProposalRow | undefined,
  verification: VerificationRow | undefined,
): AssetAuthenticity {
  if (proposal === undefined || proposal.answer === null) return waiting(assetId, 'proposal-pending');
  if (proposal.answer.kind === 'impossible') {
    const reasons = [reasonOf('transaction-impossible', assetId)];
    return { assetId, kind: 'pending', reasons, details: [proposal.answer.why] };
  }
  if (verification === undefined || verification.state === 'pending') return waiting(assetId, 'authenticity-pending');
  const { state, evidence, rollback, transaction, problems } = verification;
  if (state === 'verified' && evidence !== null && rollback !== null) {
    const { packagesHash } = proposal;
    const { changes, ecosystem } = transaction;
    const believed = { assetId, ecosystem, packagesHash, changes, rollback, evidence };
    return { assetId, kind: 'verified', transaction: believed };
  }
  const reasons = problems.map(({ reason }) => reason);
  const hostile = reasons.some(({ code }) => HOSTILE.includes(code));
  return { assetId, kind: hostile ? 'failed' : 'pending', reasons, details: problems.map(({ detail }) => detail) };
}

function waiting(assetId: string, code: 'proposal-pending' | 'authenticity-pending'): AssetAuthenticity {
  return { assetId, kind: 'pending', reasons: [reasonOf(code, assetId)], details: [] };
}

import { type AssetFiles, decideAuthenticity } from '@patchsteward/core/3-testing';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { type AssetAuthenticity, askProposals, prepareTesting } from '../../3-testing/index.ts';
import { isByHand, readHosts, wantedOf } from './hosts.ts';
import { type Follow, heldBack, type Move, proceedWith, waitOn } from './look.ts';

/** Every agent says what it would install, and every file of it is followed up to a pinned key. // SOP checklist c8 */
export const followEvaluated: Follow = async ({ tx, parts, state, now, changes }): Promise<Move> => {
  const hosts = await readHosts(tx, state.assets);
  const wanted = wantedOf(hosts, state.updates);
  await askProposals(tx, wanted, now);
  const silent = state.assets.filter(({ assetId }) => !hosts.some(({ asset }) => asset.assetId === assetId));
  if (silent.length > 0) {
    return waitOn(
      silent.map(({ name }) => reasonOf('not-reported-yet', name)),
      now,
    );
  }
  // What a person installs comes from its vendor by a way of theirs: nothing is verified here, and the plan says so.
  if (state.assets.every(isByHand)) {
    const report = await parts.keepReport(tx, state.id, [], now);
    return proceedWith({ kind: 'auth.verified', report, files: 0 });
  }
  const found = await prepareTesting(tx, wanted);
  const verdict = decideAuthenticity(state.title, found.map(filesOf));
  if (verdict.kind === 'stop') {
    return { verdict, event: { kind: 'auth.failed', reasons: verdict.blockedBy } };
  }
  if (verdict.kind === 'wait') return heldBack(verdict, now);
  const verified = found.flatMap((one) => (one.kind === 'verified' ? [one.transaction] : []));
  const report = await parts.keepReport(tx, state.id, verified, now);
  changes.add({
    leaves: [
      {
        kind: 'authenticity.reported',
        subject: state.id,
        payload: { report, assets: verified.map(({ assetId, evidence }) => ({ assetId, evidence })) },
      },
    ],
  });
  return proceedWith({ kind: 'auth.verified', report, files: verdict.value.files });
};

function filesOf(one: AssetAuthenticity): AssetFiles {
  if (one.kind !== 'verified') return { kind: one.kind, reasons: one.reasons };
  return { kind: 'verified', files: one.transaction.changes.filter(({ sha256 }) => sha256 !== null).length };
}

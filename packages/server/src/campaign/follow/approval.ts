import { decideApproval, decideNotice } from '@patchsteward/core/5-approval';
import { criticalityOf, productionOf } from '@patchsteward/core/campaign';
import { type Hash, reasonOf } from '@patchsteward/core/vocabulary';
import { decodePlan } from '@patchsteward/trust/plan';
import { prepareNotices, queueNotices } from '../../5-approval/notices.ts';
import { readPlan } from '../../5-approval/plan-store.ts';
import { zonesOfGroups } from '../../6-deployment/group-windows.ts';
import { ensureJobs, readPlanLeaves } from './jobs.ts';
import { type Follow, heldBack, type Look, type Move, proceedWith, stopOn, waitOn } from './look.ts';

/** Who still has to sign, and by when; the campaign itself moves on with the signature that completes it. // SOP P5.2 */
export const followPlanned: Follow = async (look): Promise<Move> => {
  const { state, lane, now } = look;
  const stale = state.plan === null ? null : await look.store.staleness(state, state.plan.hash, now);
  if (stale !== null) return stale;
  const told = await followNotices(look);
  const verdict = decideApproval(
    {
      subject: state.title,
      plan: state.plan,
      changeRequested: state.change !== null,
      requester: state.requester,
      assets: productionOf(state),
      agreements: state.windows,
      votes: state.votes,
    },
    lane.approvals[criticalityOf(state)],
    now,
  );
  const move: Move =
    verdict.kind === 'proceed' ? { verdict: { kind: 'proceed', value: null } } : heldBack(verdict, now);
  // Notice and approval run side by side; what is missing of the approval is what people have to know. // decided 13
  return told.event === undefined ? move : { ...move, event: told.event };
};

export const followApproved: Follow = async (look): Promise<Move> => {
  const { store, state, now } = look;
  const { plan } = state;
  const stale = plan === null ? null : await store.staleness(state, plan.hash, now);
  if (stale !== null) return stale;
  if (plan !== null) await ensureJobs(look, plan.hash, 'production');
  return followNotices(look);
};

/** Everybody with a stake hears of the change before it happens. // SOP P6.1 P6.2, checklist c13 */
async function followNotices(look: Look): Promise<Move> {
  const { tx, state, lane, now } = look;
  const { plan, change, notice, title } = state;
  if (plan === null || change === null) return waitOn([reasonOf('change-not-requested', title)], now);
  if (notice !== null) return waitOn([reasonOf('notice-running', title, notice.elapsesAt)], now, notice.elapsesAt);
  const assets = productionOf(state);
  const progress = await prepareNotices(tx, { plan: plan.hash, assets });
  if (progress.notices.length === 0) await queue(look, plan.hash);
  const strict = state.lane === 'routine';
  const deaf = progress.unheard.length === assets.length || strict;
  if (deaf && progress.unheard.length > 0) {
    const names = new Map(assets.map(({ assetId, name }) => [assetId, name]));
    return stopOn(
      progress.unheard.map((assetId) => reasonOf('notice-without-recipient', names.get(assetId) ?? assetId)),
      now,
    );
  }
  const verdict = decideNotice({ subject: title, strict, notices: progress.notices }, lane, now);
  if (verdict.kind !== 'proceed') return heldBack(verdict, now);
  if (progress.receipts === null) return waitOn([reasonOf('notice-not-sent', title)], now);
  return proceedWith({ kind: 'notice.sent', receipts: progress.receipts, elapsesAt: verdict.value.elapsesAt });
}

async function queue(look: Look, plan: Hash): Promise<void> {
  const { tx, state, now, changes } = look;
  const kept = await readPlan(tx, plan);
  const body = kept === undefined ? undefined : decodePlan(kept.payload);
  if (body?.ok !== true) throw new TypeError(`the current plan ${plan} cannot be read`);
  const { title, change, due } = state;
  const queued = await queueNotices(
    tx,
    {
      campaign: state.id,
      title,
      plan,
      body: body.value,
      leaves: await readPlanLeaves(tx, plan),
      assets: productionOf(state),
      zones: await zonesOfGroups(tx),
      fixes: state.updates.flatMap(({ fixes }) => fixes),
      why: change?.why ?? null,
      due,
    },
    now,
  );
  changes.add(queued);
}

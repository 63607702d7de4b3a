import type { Readable } from 'node:stream';
import { proposalRoutes } from './1-identification/proposals-routes.ts';
import { readAssetNames, readEcosystemOf, readOriginsOf } from './1-identification/scope.ts';
import { readAnswers } from './2-evaluation/response-cover-store.ts';
import { storeProposal, wantedProposals } from './3-testing/index.ts';
import { envelopeBody } from './5-approval/envelope.ts';
import { allLeaves, envelopeOf, leafOfAsset, readPlan, signaturesOf } from './5-approval/plan-store.ts';
import { currentRoot, rootsAfter } from './5-approval/root-store.ts';
import type { PlanSource } from './6-deployment/agent-offer.ts';
import { agentJobRoutes } from './6-deployment/agent-routes.ts';
import { type Attending, attend } from './6-deployment/agent-tasks.ts';
import { healthRoutes } from './6-deployment/health-routes.ts';
import { BROKEN, SILENCE } from './6-deployment/job-step.ts';
import { grantCancel, grantDeclare, grantSilence, JOBS_CANCEL, JOBS_DECLARE } from './6-deployment/job-wishes.ts';
import { filesOfLeaf } from './6-deployment/leaf-files.ts';
import type { ManualParts } from './6-deployment/manual-perform.ts';
import { manualRoutes } from './6-deployment/manual-routes.ts';
import { campaignHold, type GrantSources, jobStore } from './6-deployment/postgres-store.ts';
import { APPOINTMENT } from './campaign/appointments.ts';
import {
  ASSET_PROGRESS,
  afterAssessment,
  GROUP_PROGRESS,
  grantAssetProgress,
  grantGroupProgress,
} from './campaign/asset-campaigns.ts';
import { assetHistoryRoutes } from './campaign/asset-history-routes.ts';
import { holdCampaign, lockCampaign, readCampaignRow, stoppedAmong } from './campaign/campaign-store.ts';
import { grantAppointment, grantBroken } from './campaign/campaign-wishes.ts';
import { decisionRoutes } from './campaign/decisions/routes.ts';
import { appendEvents } from './campaign/event-store.ts';
import { feasibilityRoutes } from './campaign/feasibility-routes.ts';
import { createFeed } from './campaign/feed.ts';
import { backupReasonsOf } from './campaign/follow/backup.ts';
import type { FollowParts } from './campaign/follow/look.ts';
import { machineStore } from './campaign/machine-store.ts';
import { grantTurn, TURN_OPENS } from './campaign/maintenance/follow.ts';
import { maintenanceRoutes } from './campaign/maintenance/routes.ts';
import { overviewRoutes } from './campaign/overview/routes.ts';
import { grantProgress } from './campaign/progress.ts';
import { PROGRESS } from './campaign/progress-step.ts';
import { roomRoutes } from './campaign/room-routes.ts';
import { campaignRoutes } from './campaign/routes.ts';
import { stragglerRoutes } from './campaign/straggler-routes.ts';
import type { AppendEvents, HoldCampaign } from './platform/campaign-door.ts';
import type { Corridor, WishHandler } from './platform/corridor.ts';
import type { Db, Tx } from './platform/database.ts';
import type { LoadedPolicy } from './platform/policy-file.ts';

interface CampaignsOptions {
  readonly db: Db;
  readonly policy: LoadedPolicy;
  readonly newId: () => string;
  readonly pollMs: number;
  /** Room 3 keeps evidence and bytes. */
  readonly keepReport: FollowParts['keepReport'];
  readonly keepEvidence: ManualParts['keepEvidence'];
  readonly openArtifact: (
    sha256: Parameters<FollowParts['keepReport']>[2][number]['evidence'],
  ) => Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined>;
}

/** Twice what a job is expected to take: whoever is silent for longer is looked after. // rollout L1 */
const SILENCE_FACTOR = 2;

/** Campaigns and the work orders of hosts, as the corridor and the doors see them: what moves a patch through the rooms. */
export function openCampaigns(options: CampaignsOptions) {
  const { db, policy, newId, pollMs, keepReport, keepEvidence, openArtifact } = options;
  const silenceMs = SILENCE_FACTOR * policy.policy.schedule.expectedDurationMs;
  const append: AppendEvents = (tx, stream, recorded, by) => appendEvents(tx, stream, recorded, { ...by, newId });
  const machine = { policy: policy.policy, newId };
  const feed = createFeed(machine);
  const follow: FollowParts = { policy, newId, append, silenceMs, keepReport };
  const jobs = (tx: Tx) => ({ store: jobStore(tx, append), silenceMs });
  const onMachine = (tx: Tx) => ({ store: machineStore(tx, newId), policy: policy.policy });
  const sources: GrantSources = {
    plans: PLANS,
    holdCampaign,
    backupReasons: (tx, state, assetId, now) =>
      backupReasonsOf(tx, state, assetId, policy.policy.lanes[state.lane ?? 'critical'], now),
  };
  const hold: HoldCampaign = async (tx, campaign) => void (await lockCampaign(tx, campaign));
  const silenced = (tx: Tx) => ({ store: { ...jobStore(tx, append), ...campaignHold(tx, hold) }, silenceMs });

  return {
    feed,
    hold,
    wishes: (knowledge: Readonly<Record<string, WishHandler>>): Readonly<Record<string, WishHandler>> => ({
      ...afterAssessment(knowledge),
      [PROGRESS]: (wish, tx) => grantProgress(follow, wish, tx),
      [ASSET_PROGRESS]: grantAssetProgress,
      [GROUP_PROGRESS]: grantGroupProgress,
      [TURN_OPENS]: (wish, tx) => grantTurn(policy.policy, wish, tx),
      [APPOINTMENT]: (wish, tx) => grantAppointment(onMachine(tx), wish),
      [BROKEN]: (wish, tx) => grantBroken(onMachine(tx), wish),
      [SILENCE]: (wish, tx) => grantSilence(silenced(tx), wish),
      [JOBS_CANCEL]: (wish, tx) => grantCancel(jobs(tx), wish),
      [JOBS_DECLARE]: (wish, tx) => grantDeclare(jobs(tx), wish),
    }),
    routes: (corridor: Corridor) => ({
      ...proposalRoutes({ db, policy: policy.policy, readSaid: readAnswers }),
      ...campaignRoutes({ db, corridor, feed, ...machine }),
      ...maintenanceRoutes({ db, corridor, ...machine }),
      ...stragglerRoutes({ db, silenceMs }),
      ...feasibilityRoutes({ db, corridor, policy: machine.policy }),
      ...overviewRoutes({ db, policy: policy.policy }),
      ...roomRoutes({ db, policy: policy.policy, openArtifact }),
      ...assetHistoryRoutes({ db, policy: policy.policy }),
      ...decisionRoutes({ db, policy: policy.policy }),
      ...healthRoutes({ db, corridor }),
      ...manualRoutes({
        ...{ db, corridor, append, hold, silenceMs, newId, openArtifact, keepEvidence, ...sources },
        policy: policy.policy,
        namesOf: async (assetId, campaign) => ({
          asset: (await readAssetNames(db, [assetId])).get(assetId) ?? assetId,
          title: (await readCampaignRow(db, campaign))?.state.title ?? campaign,
        }),
      }),
    }),
    /** What a host that checks in is told to do. */
    attend: (corridor: Corridor) => (host: Attending) =>
      attend({ db, corridor, wantedProposals, stoppedAmong, rootVersion: newestRoot }, host),
    agentRoutes: (corridor: Corridor) =>
      agentJobRoutes({
        ...{ db, corridor, append, hold, silenceMs, pollMs, newId, openArtifact, ...sources },
        policy: policy.policy,
        takeProposal: async (tx, given) => {
          const hostOrigins = await readOriginsOf(tx, given.assetId);
          const ecosystem = await readEcosystemOf(tx, given.packagesHash);
          const stored = await storeProposal(tx, { ...given, ecosystem, hostOrigins });
          if (stored.kind !== 'stored') return stored;
          const asked = { kind: ASSET_PROGRESS, key: given.assetId, payload: null };
          return { kind: 'stored', leaves: stored.leaves, wishes: [...stored.wishes, asked] };
        },
        filesOf: async (plan, assetId) => filesOfLeaf((await leafOfAsset(db, plan, assetId))?.body),
      }),
  };
}

/** Room 5's plans, signatures and roots, as room 6 passes them on. */
const PLANS: PlanSource = {
  planOf: async (reader, plan) => {
    const row = await readPlan(reader, plan);
    if (row === undefined) return undefined;
    const envelope = envelopeBody(envelopeOf(row.payload, await signaturesOf(reader, plan)));
    return { envelope, notAfter: row.notAfter };
  },
  leavesOf: allLeaves,
  leafOf: leafOfAsset,
  rootsAfter: async (reader, version) =>
    (await rootsAfter(reader, version)).map(({ envelope }) => envelopeBody(envelope)),
};

async function newestRoot(reader: Parameters<typeof currentRoot>[0]): Promise<number> {
  return (await currentRoot(reader))?.root.version ?? 0;
}

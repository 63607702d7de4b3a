import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Instant } from '@patchsteward/core/vocabulary';
import { startAgentsListener } from './1-identification/agents-listener.ts';
import { openAssetViews } from './1-identification/asset-view-reader.ts';
import { assetRoutes } from './1-identification/assets-routes.ts';
import { billRoutes } from './1-identification/bill-routes.ts';
import { bulkRoutes } from './1-identification/bulk-routes.ts';
import { enrollmentRoutes } from './1-identification/enrollment-routes.ts';
import { importRoutes } from './1-identification/import-routes.ts';
import { removalRoutes } from './1-identification/removal-routes.ts';
import { openAuthenticity } from './3-testing/index.ts';
import { freezeRoutes } from './6-deployment/freeze-routes.ts';
import { groupRoutes } from './6-deployment/group-routes.ts';
import { openApprovals } from './approvals.ts';
import { ASSET_PROGRESS, openCampaignsOf } from './campaign/asset-campaigns.ts';
import { startCampaign } from './campaign/campaign.ts';
import { openCampaigns } from './campaigns.ts';
import { openKnowledge } from './knowledge.ts';
import type { AccessRouteId, AccessServices } from './platform/access/routes.ts';
import { AtWork } from './platform/at-work.ts';
import { openAuthority } from './platform/certificates/authority.ts';
import type { Corridor } from './platform/corridor.ts';
import type { Database } from './platform/database.ts';
import type { Handlers } from './platform/http/bind.ts';
import type { HealthRouteId } from './platform/http/health.ts';
import type { ConsoleRouteId } from './platform/http/listeners.ts';
import type { Metrics } from './platform/http/metrics.ts';
import { newId } from './platform/ids.ts';
import type { LiveRouteId } from './platform/live/live.ts';
import type { Log } from './platform/log.ts';
import type { LoadedPolicy } from './platform/policy-file.ts';
import { policyRoutes } from './platform/policy-routes.ts';
import type { Settings } from './platform/settings-schema.ts';
import type { Closers } from './platform/shutdown.ts';
import { openRecord } from './record.ts';

/** What the house gives to its rooms. */
interface House {
  readonly database: Database;
  readonly settings: Settings;
  readonly policy: LoadedPolicy;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: () => Instant;
  /** How long loops that look for what is due sleep at most. */
  readonly lookMs: () => number;
  readonly access: Omit<AccessServices, 'db'>;
  /** Closed to everybody but this server. */
  readonly keysDirectory: string;
  /** What a room opens, it leaves here to be closed, also where a later one fails to open. */
  readonly closers: Closers;
}

/** What the rooms give to the house: a handler for each route of theirs. The compiler names the one that is missing. */
type RoomHandlers = Handlers<Exclude<ConsoleRouteId, AccessRouteId | HealthRouteId | LiveRouteId>>;

interface Rooms {
  readonly handlers: RoomHandlers;
  /** Whether nothing is left that is due by now. */
  readonly isAtRest: () => Promise<boolean>;
}

/** Every room on its place: the corridor between them, the doors for people, the door for hosts. */
export async function openRooms(house: House): Promise<Rooms> {
  const { settings, log, clock, lookMs, closers } = house;
  const { db, keptPlans } = house.database;
  const atWork = new AtWork();
  const { policy } = house.policy;
  const assets = openAssetViews(keptPlans, policy);
  const knowledge = openKnowledge({ db, keptPlans, assets, clock, log, dice: Math.random, policy, atWork, settings });
  const record = await openRecord({ db, keysDirectory: house.keysDirectory, data: settings.data, clock, log });
  const approvals = openApprovals({ db, assets, policy, settings, access: house.access });
  const authenticity = openAuthenticity({
    ...{ db, clock, log, dice: Math.random, data: settings.data, atWork },
    changed: (assetIds) => assetIds.map((key) => ({ kind: ASSET_PROGRESS, key, payload: null })),
  });
  const { keepEvidence, keepReport, openArtifact } = authenticity;
  const campaigns = openCampaigns({
    ...{ db, policy: house.policy, newId, pollMs: settings.pollMs, keepEvidence, keepReport, openArtifact },
  });
  const timers = [...(await knowledge.timers()), ...approvals.timers(clock())];
  const grants = (corridor: Corridor) => ({
    ...campaigns.wishes(knowledge.wishes(corridor)),
    ...record.wishes,
    ...approvals.wishes,
    ...authenticity.wishes(corridor),
  });
  await authenticity.start();
  const mint = { newId, randomBytes };
  const campaign = await startCampaign({ db, mint, clock, log, handlers: grants, timers, lookMs, atWork });
  const { corridor } = campaign;
  closers.add('the notices', approvals.close);
  closers.add('the record', record.close);
  closers.add('the corridor', campaign.stop);
  closers.add('the feeds', knowledge.close);
  closers.add('the verification of packages', authenticity.close);
  await knowledge.start(corridor);
  // So that whoever asks for the first list does not wait until all assets are read.
  assets.current().catch((err: unknown) => log.warn({ err }, 'the assets are not read yet; the first list reads them'));

  const authority = await openAuthority(house.keysDirectory, clock());
  const agents = await startAgentsListener({
    db,
    corridor,
    authority,
    attend: campaigns.attend(corridor),
    doors: campaigns.agentRoutes(corridor),
    pollMs: settings.pollMs,
    address: settings.agents,
    setting: 'agents',
    clock,
    log,
    watch: (app) => house.metrics.watch(app, 'agents'),
  });
  closers.add('the listener of the agents', agents.close);

  const handlers = {
    ...policyRoutes(house.policy),
    ...record.routes,
    ...approvals.routes({ corridor, feed: campaigns.feed, hold: campaigns.hold }),
    ...authenticity.routes(corridor),
    ...campaigns.routes(corridor),
    ...assetRoutes({ db, corridor, assets, policy }),
    ...bulkRoutes({ db, corridor, policy }),
    ...billRoutes({ db, corridor }),
    ...importRoutes({ db, corridor, openCampaignsOf }),
    ...removalRoutes({ db, corridor, assets, openCampaignsOf }),
    ...groupRoutes({ db, corridor }),
    ...freezeRoutes({ db, corridor }),
    ...knowledge.routes(corridor),
    ...enrollmentRoutes({
      db,
      corridor,
      authorityFingerprint: authority.fingerprint,
      agentsAddress: settings.agentsAddress ?? `${hostname()}:${settings.agents.port}`,
      openAgents: agents.open,
    }),
  };
  return { handlers, isAtRest: campaign.isAtRest };
}

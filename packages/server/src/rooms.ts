import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Instant } from '@patchsteward/core/vocabulary';
import { startAgentsListener } from './1-identification/agents-listener.ts';
import { assetRoutes } from './1-identification/assets-routes.ts';
import { enrollmentRoutes } from './1-identification/enrollment-routes.ts';
import { startCampaign } from './campaign/campaign.ts';
import { openKnowledge } from './knowledge.ts';
import type { AccessRouteId } from './platform/access/routes.ts';
import { openAuthority } from './platform/certificates/authority.ts';
import type { Database } from './platform/database.ts';
import type { Handlers } from './platform/http/bind.ts';
import type { HealthRouteId } from './platform/http/health.ts';
import type { ConsoleRouteId } from './platform/http/listeners.ts';
import type { Metrics } from './platform/http/metrics.ts';
import { newId } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import type { Settings } from './platform/settings-schema.ts';
import type { Closers } from './platform/shutdown.ts';
import { openRecord } from './record.ts';

/** What the house gives to its rooms. */
interface House {
  readonly database: Database;
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: () => Instant;
  /** Closed to everybody but this server. */
  readonly keysDirectory: string;
  /** What a room opens, it leaves here to be closed, also where a later one fails to open. */
  readonly closers: Closers;
}

/** What the rooms give to the house: a handler for each route of theirs. The compiler names the one that is missing. */
type RoomHandlers = Handlers<Exclude<ConsoleRouteId, AccessRouteId | HealthRouteId>>;

/** Every room on its place: the corridor between them, the doors for people, the door for hosts. */
export async function openRooms(house: House): Promise<RoomHandlers> {
  const { settings, log, clock, closers } = house;
  const { db } = house.database;
  const knowledge = openKnowledge({ db, clock, log, dice: Math.random, settings });
  const record = await openRecord({ db, keysDirectory: house.keysDirectory, data: settings.data, clock, log });
  const { wishes, timers } = knowledge;
  const campaign = await startCampaign({ db, mint: { newId, randomBytes }, clock, log, handlers: wishes, timers });
  const { corridor } = campaign;
  closers.add('the record', record.close);
  closers.add('the corridor', campaign.stop);
  closers.add('the feeds', knowledge.close);
  await knowledge.start(corridor);

  const authority = await openAuthority(house.keysDirectory, clock());
  const agents = await startAgentsListener({
    db,
    corridor,
    authority,
    pollMs: settings.pollMs,
    address: settings.agents,
    setting: 'agents',
    clock,
    log,
    watch: (app) => house.metrics.watch(app, 'agents'),
  });
  closers.add('the listener of the agents', agents.close);

  return {
    ...record.routes,
    ...assetRoutes({ db, corridor }),
    ...knowledge.routes(corridor),
    ...enrollmentRoutes({
      db,
      corridor,
      authorityFingerprint: authority.fingerprint,
      agentsAddress: settings.agentsAddress ?? `${hostname()}:${settings.agents.port}`,
      openAgents: agents.open,
    }),
  };
}

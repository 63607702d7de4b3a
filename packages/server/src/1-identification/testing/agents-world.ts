import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { sha256 } from '@patchsteward/trust';
import { type Campaign, startCampaign } from '../../campaign/campaign.ts';
import { openCampaigns } from '../../campaigns.ts';
import { AtWork } from '../../platform/at-work.ts';
import { type Authority, openAuthority } from '../../platform/certificates/authority.ts';
import { newId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/database.ts';
import { type AgentsListener, type AgentsListenerOptions, startAgentsListener } from '../agents-listener.ts';
import { createToken } from '../enrollment-token.ts';
import { FakeAgent } from './fake-agent.ts';

export const POLL_MS = 60_000;
const CONNECTIONS_MAX = 12;

/** One server's agents' side on a database of its own: the real listener on loopback, the real corridor. */
export interface AgentsWorld {
  readonly database: TestDatabase;
  readonly authority: Authority;
  readonly campaign: Campaign;
  readonly agents: AgentsListener;
  /** The clock of the server; a test may set it. */
  readonly clock: { now: () => number };
  /** For a second server on the same database. */
  readonly listenerOptions: AgentsListenerOptions;
  readonly port: () => number;
  readonly newToken: (validMs?: number) => Promise<string>;
  readonly enrolled: (hostname?: string) => Promise<FakeAgent>;
  readonly close: () => Promise<void>;
}

export async function createAgentsWorld(): Promise<AgentsWorld> {
  const database = await createTestDatabase({ connectionsMax: CONNECTIONS_MAX });
  const keys = await mkdtemp(join(tmpdir(), 'agents-world-'));
  const { db } = database;
  const log = createLog({ level: 'silent' });
  const clock = { now: () => Date.now() };
  const authority = await openAuthority(keys, Date.now());
  const mint = { newId: () => newId(), randomBytes: (count: number) => randomBytes(count) };
  // Without handlers the wishes stay where a test can see them.
  const campaign = await startCampaign({
    db,
    mint,
    clock: Date.now,
    log,
    handlers: () => ({}),
    timers: [],
    atWork: new AtWork(),
  });
  const { corridor } = campaign;
  const campaigns = openCampaigns({
    ...{ db, policy: { policy: DEFAULT_POLICY, hash: sha256('a policy'), file: null }, newId, pollMs: POLL_MS },
    // No campaign walks here: hosts enroll and report.
    keepReport: () => Promise.reject(new Error('there is no room 3 here')),
    keepEvidence: () => Promise.reject(new Error('there is no room 3 here')),
    openArtifact: () => Promise.resolve(undefined),
  });
  const listenerOptions = {
    attend: campaigns.attend(corridor),
    doors: campaigns.agentRoutes(corridor),
    db,
    corridor,
    authority,
    pollMs: POLL_MS,
    address: { host: '127.0.0.1', port: 0 },
    setting: 'agents',
    clock: () => clock.now(),
    log,
    watch: () => undefined,
  };
  const agents = await startAgentsListener(listenerOptions);
  const world: AgentsWorld = {
    database,
    authority,
    campaign,
    agents,
    clock,
    listenerOptions,
    port: () => agents.port() ?? 0,
    newToken: async (validMs = 3_600_000) => {
      const parts = { corridor, authorityFingerprint: authority.fingerprint, agentsAddress: 'localhost:8421' };
      const created = await createToken(parts, { validMs, note: null }, { actor: 'local', at: clock.now() });
      await agents.open();
      return created.token;
    },
    enrolled: async (hostname) => {
      const token = await world.newToken();
      const agent = new FakeAgent(world.port(), hostname);
      const answer = await agent.enroll(token);
      if (answer.status !== 200) throw new Error(`enrollment failed: ${JSON.stringify(answer.body)}`);
      return agent;
    },
    close: async () => {
      await agents.close();
      await campaign.stop();
      await database.close();
      await rm(keys, { recursive: true, force: true });
    },
  };
  return world;
}

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CampaignSummary, Explanation, OriginBody, PlanShown } from '@patchsteward/contract';
import type { PackageChange } from '@patchsteward/core/plan';
import { DEFAULT_POLICY, type Policy } from '@patchsteward/core/policy';
import { HOUR_MS, type Instant, type Role } from '@patchsteward/core/vocabulary';
import { newSigner } from '@patchsteward/standards/openpgp/testing';
import { sha256 } from '@patchsteward/trust';
import { PAYLOAD_TYPES, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { encodeBackupProof, encodeStatement, payloadTypeOf, type Statement } from '@patchsteward/trust/statement';
import type { FastifyInstance } from 'fastify';
import { KEYS, type KeyName, knownOf, rootEnvelope, signature, team } from '../../../../trust/src/testing/people.ts';
import { startAgentsListener } from '../../1-identification/agents-listener.ts';
import { openAssetViews } from '../../1-identification/asset-view-reader.ts';
import { assetRoutes } from '../../1-identification/assets-routes.ts';
import { createToken } from '../../1-identification/enrollment-token.ts';
import { importRoutes } from '../../1-identification/import-routes.ts';
import { osvFile } from '../../1-identification/testing/feed-files.ts';
import { installed, offered } from '../../1-identification/testing/reported-host.ts';
import { openAuthenticity } from '../../3-testing/index.ts';
import { fileOf, TestRepository } from '../../3-testing/testing/repository.ts';
import { freezeRoutes } from '../../6-deployment/freeze-routes.ts';
import { groupRoutes } from '../../6-deployment/group-routes.ts';
import { openApprovals } from '../../approvals.ts';
import { openCampaigns } from '../../campaigns.ts';
import { openKnowledge } from '../../knowledge.ts';
import { createCookies } from '../../platform/access/cookies.ts';
import { AtWork } from '../../platform/at-work.ts';
import { openAuthority } from '../../platform/certificates/authority.ts';
import { timestamp } from '../../platform/column-types.ts';
import type { Corridor, WishHandler } from '../../platform/corridor.ts';
import { newId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { createTestApp } from '../../platform/testing/app.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/database.ts';
import { createCorridor } from '../corridor.ts';
import { grantDue } from '../outbox.ts';
import { grantSeal } from '../seal.ts';
import { fireTimers } from '../store.ts';
import { ActingHost, type HostKind } from './acting-host.ts';

const PACKAGE = 'acme-web';
export const OLD = { name: PACKAGE, version: '1.0-1' };
export const NEW = { name: PACKAGE, version: '1.1-1' };
const SCOPE = 'debian:12';
/** Wishes that wish for more; a campaign takes some dozens of steps from end to end. */
const ROUNDS_MAX = 400;
const PEOPLE: Readonly<Record<string, readonly Role[]>> = {
  ada: ['admin'],
  adrian: ['admin', 'it'],
  cara: ['change'],
  ivy: ['it'],
  otto: ['owner'],
  sam: ['security'],
};

export const HOSTS: readonly HostKind[] = [
  { name: 'ring-1', environment: 'non-production', criticality: 'low' },
  { name: 'low-1', environment: 'production', criticality: 'low' },
  { name: 'critical-1', environment: 'production', criticality: 'critical' },
  { name: 'critical-2', environment: 'production', criticality: 'critical' },
];
const PAIR = 'critical-pair';
export const RING_PAIR = 'ring-pair';

/** Figures with which a whole campaign takes minutes of the clock, not days. */
function fastPolicy(): Policy {
  const lanes = Object.fromEntries(
    Object.entries(DEFAULT_POLICY.lanes).map(([name, lane]) => [
      name,
      {
        ...lane,
        ...{ noticeMs: 1_000, coolingOffMs: 0, testSoakMs: 1_000, waveSoakMs: 1_000, soakMs: 2_000 },
        ...{ startReserveMs: 1_000, testStartMs: HOUR_MS },
      },
    ]),
  ) as Policy['lanes'];
  const schedule = {
    ...DEFAULT_POLICY.schedule,
    ...{ guardMs: 0, expectedDurationMs: 10_000, startSpanMinMs: 1_000, strictSpanMs: 30_000 },
    // Whoever misses its turn, because servers die or the machine is slow, has another within the minutes of a test.
    ...{ sparesMax: 4, spareSpacingMs: 90_000 },
  };
  return { ...DEFAULT_POLICY, version: 'fast', lanes, schedule };
}

/** Every room behind its real routes, on a real database, with a signed repository and real keys; the clock runs ahead. */
export class CampaignWorld {
  readonly database: TestDatabase;
  readonly corridor: Corridor;
  readonly app: FastifyInstance;
  readonly hosts = new Map<string, ActingHost>();
  readonly notices: string[] = [];
  readonly ahead: { ms: number };
  /** Where hosts reach the other server. */
  readonly secondPort: () => Promise<number>;
  readonly #handlers: Readonly<Record<string, WishHandler>>;
  readonly #close: () => Promise<void>;
  readonly #mint = { newId, randomBytes: (count: number) => randomBytes(count) };
  readonly #log = createLog({ level: 'silent' });
  readonly origin: string;

  constructor(given: {
    readonly database: TestDatabase;
    readonly corridor: Corridor;
    readonly app: FastifyInstance;
    readonly handlers: Readonly<Record<string, WishHandler>>;
    readonly origin: string;
    readonly ahead: { ms: number };
    readonly secondPort: () => Promise<number>;
    readonly close: () => Promise<void>;
  }) {
    this.database = given.database;
    this.corridor = given.corridor;
    this.app = given.app;
    this.origin = given.origin;
    this.ahead = given.ahead;
    this.secondPort = given.secondPort;
    this.#handlers = given.handlers;
    this.#close = given.close;
  }

  now = (): Instant => Date.now() + this.ahead.ms;

  host(name: string): ActingHost {
    const host = this.hosts.get(name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }

  /** Servers that look at once. */
  servers = 1;
  /** Whether the server dies at the end of this step, before it commits. */
  dies: () => boolean = () => false;

  /** One look of every server: timers that are due, wishes that are due. */
  async look(): Promise<'more' | 'done'> {
    const looks = await Promise.all(Array.from({ length: this.servers }, () => this.#look()));
    return looks.includes('more') ? 'more' : 'done';
  }

  async #look(): Promise<'more' | 'done'> {
    const { db } = this.database;
    await fireTimers(db, this.now());
    const handlers = Object.fromEntries(Object.entries(this.#handlers).map(([kind, one]) => [kind, this.#mortal(one)]));
    return grantDue({
      ...{ db, mint: this.#mint, clock: this.now, log: this.#log, handlers, announce: () => undefined },
    });
  }

  #mortal(handler: WishHandler): WishHandler {
    return async (wish, tx) => {
      const changed = await handler(wish, tx);
      if (this.dies()) throw new Error('the server was killed before it committed');
      return changed;
    };
  }

  /** Until nothing is due any more. */
  async settle(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      if ((await this.look()) === 'done') return;
    }
    throw new Error('wishes wish for each other without an end');
  }

  async call<T>(
    as: string,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
  ): Promise<{ status: number; body: T }> {
    const response = await this.app.inject({
      method,
      url: `/api/v1/${path}`,
      headers: { authorization: as },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: response.statusCode, body: response.json() };
  }

  async done<T>(
    as: string,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
  ): Promise<T> {
    const { status, body } = await this.call<T>(as, method, path, payload);
    if (status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(body)}`);
    return body;
  }

  async importFeed(feed: string, bytes: string): Promise<void> {
    const imported = await this.app.inject({
      ...{ method: 'POST', url: `/api/v1/feeds/${feed}/import`, payload: Buffer.from(bytes) },
      headers: { 'content-type': 'application/octet-stream', authorization: 'ivy' },
    });
    if (imported.statusCode !== 200) throw new Error(imported.body);
  }

  state = (id: string): Promise<CampaignSummary> => this.done('ivy', 'GET', `campaigns/${id}`);
  explain = (id: string): Promise<Explanation> => this.done('ivy', 'GET', `campaigns/${id}/explain`);

  /** Hosts check in, servers look, the clock runs: until the campaign is where the test wants it. */
  async until(id: string, ...states: readonly string[]): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const { state } = await this.state(id);
      if (states.includes(state)) return;
      await this.poll();
      await this.settle();
      // What runs in the background takes real time.
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.ahead.ms += 500;
    }
    const { sentence } = await this.explain(id);
    throw new Error(`${(await this.state(id)).state}, not ${states.join(' or ')}: ${sentence}`);
  }

  /** Every host checks in and answers what it is asked. */
  async poll(): Promise<void> {
    for (const host of this.hosts.values()) await host.propose(await host.checkIn(), () => this.change());
  }

  change(): PackageChange {
    return {
      ...{ name: PACKAGE, architecture: 'amd64', from: OLD.version, to: NEW.version },
      ...{ sha256: sha256(fileOf(NEW)), sizeBytes: fileOf(NEW).length, origin: this.origin },
    };
  }

  async say(statement: Statement, name: KeyName): Promise<{ status: number; body: unknown }> {
    const sealed = sealEnvelope(payloadTypeOf(statement), encodeStatement(statement));
    const envelope = withSignature(sealed, signature(sealed, KEYS[name]));
    return this.call(statement.by, 'POST', `campaigns/${statement.campaign}/statements`, { envelope });
  }

  async said(statement: Statement, name: KeyName): Promise<void> {
    const { status, body } = await this.say(statement, name);
    if (status !== 200) throw new Error(`${statement.kind}: ${JSON.stringify(body)}`);
    await this.settle();
  }

  async sign(
    plan: string,
    name: KeyName,
    login: string,
    intent: 'request' | 'approve' | 'test',
  ): Promise<{ status: number; body: unknown }> {
    const { envelope } = await this.done<PlanShown>(login, 'GET', `plans/${plan}`);
    const sealed = sealEnvelope(PAYLOAD_TYPES.plan, Buffer.from(envelope.payload, 'base64'));
    const { keyid, sig } = signature(sealed, KEYS[name]);
    const why = intent === 'request' ? 'a vulnerability that is known' : null;
    return this.call(login, 'POST', `plans/${plan}/signatures`, { keyid, sig, intent, why });
  }

  async signed(plan: string, name: KeyName, login: string, intent: 'request' | 'approve' | 'test'): Promise<void> {
    const { status, body } = await this.sign(plan, name, login, intent);
    if (status !== 200) throw new Error(`${intent} by ${login}: ${JSON.stringify(body)}`);
    await this.settle();
  }

  /** What the prober finds: a young snapshot of this host in a repository that was checked. */
  async prove(name: string): Promise<void> {
    const now = this.now();
    const { assetId } = this.host(name);
    const proof = encodeBackupProof({
      ...{ assetId, hostname: name, provider: 'restic', repository: 'vault' },
      ...{ snapshotId: sha256(`${name} ${now}`).slice('sha256:'.length), takenAt: now - 60_000 },
      ...{ bytes: 1_000_000, files: 100, paths: ['/etc'], checkedAt: now - 60_000, probedAt: now, prober: 'vault-1' },
    });
    const sealed = sealEnvelope(PAYLOAD_TYPES.backupProof, proof);
    const envelope = withSignature(sealed, signature(sealed, KEYS.prober));
    await this.done('ivy', 'POST', 'backup-proofs', { envelope });
    await this.settle();
  }

  statement<Kind extends Statement['kind']>(
    kind: Kind,
    campaign: string,
    by: string,
    body: Extract<Statement, { kind: Kind }>['body'],
    plan: Statement['plan'] = null,
  ): Statement {
    // The three parts fit each other by the type of the call.
    return { kind, campaign, plan, body, by, at: this.now() } as Statement;
  }

  close(): Promise<void> {
    for (const host of this.hosts.values()) host.agent.disconnect();
    return this.#close();
  }
}

/** With its people, its hosts and an advisory; `fixes: false`: the update ends no vulnerability, and is routine. */
export async function openCampaignWorld({ fixes = true, hosts = HOSTS } = {}): Promise<CampaignWorld> {
  const database = await createTestDatabase({ connectionsMax: 12 });
  const { db, keptPlans } = database;
  const data = await mkdtemp(join(tmpdir(), 'patchsteward-campaign-'));
  const log = createLog({ level: 'silent' });
  const mint = { newId, randomBytes: (count: number) => randomBytes(count) };
  const corridor = createCorridor(db, mint, () => undefined);
  // The listener asks before the world is there.
  const ahead = { ms: 0 };
  const clock = (): Instant => Date.now() + ahead.ms;
  const repository = new TestRepository();
  await repository.open();
  const signer = await newSigner('Acme', new Date(Date.now() - 1_000 * HOUR_MS));
  await repository.publish({
    ...{ packages: [OLD, NEW], date: Date.now() - HOUR_MS, validUntil: Date.now() + 1_000 * HOUR_MS },
    signers: [signer],
  });
  const policy = fastPolicy();
  const assets = openAssetViews(db, DEFAULT_POLICY);
  const knowledge = openKnowledge({
    ...{ db, keptPlans, assets, clock, log, dice: () => 0, policy, atWork: new AtWork() },
    settings: { data, feedsDir: undefined, feedsFetch: false, feedUrls: {} },
  });
  await knowledge.start(corridor);
  const authenticity = openAuthenticity({
    ...{ db, clock, log, dice: () => 0, data, atWork: new AtWork() },
    changed: (assets) => assets.map((key) => ({ kind: 'asset.progress', key, payload: null })),
  });
  await authenticity.start();
  const receiver = await openReceiver();
  const settings = {
    ...{ smtpUrl: undefined, mailFrom: undefined, consoleUrl: undefined },
    console: { host: '127.0.0.1', port: 0 },
    webhookSecret: 'a secret of the test',
  };
  const access = { cookies: createCookies(false), serverVersion: 'test' };
  const approvals = openApprovals({ db, assets, policy, settings, access });
  const { keepEvidence, keepReport, openArtifact } = authenticity;
  const campaigns = openCampaigns({
    ...{
      db,
      policy: { policy, hash: sha256('fast'), file: null },
      newId,
      pollMs: 1_000,
      keepEvidence,
      keepReport,
      openArtifact,
    },
  });
  const handlers = {
    ...campaigns.wishes(knowledge.wishes(corridor)),
    ...approvals.wishes,
    ...authenticity.wishes(corridor),
    'record.seal': grantSeal,
  };
  const app = await createTestApp(
    {
      ...approvals.routes({ corridor, feed: campaigns.feed, hold: campaigns.hold }),
      ...authenticity.routes(corridor),
      ...campaigns.routes(corridor),
      ...assetRoutes({ db, corridor, assets, policy: DEFAULT_POLICY }),
      ...importRoutes({ db, corridor, openCampaignsOf: () => Promise.resolve([]) }),
      ...groupRoutes({ db, corridor }),
      ...freezeRoutes({ db, corridor }),
      ...knowledge.routes(corridor),
    },
    {
      now: clock,
      admit: (_, { authorization = 'ada' }) =>
        Promise.resolve({
          ...{ kind: 'person', id: personId(authorization), login: authorization, name: authorization },
          roles: PEOPLE[authorization] ?? [],
        }),
    },
  );
  const authority = await openAuthority(data, Date.now());
  const listener = await startAgentsListener({
    ...{ db, corridor, authority, pollMs: 1_000, clock, log, setting: 'agents' },
    ...{ address: { host: '127.0.0.1', port: 0 }, watch: () => undefined },
    ...{ attend: campaigns.attend(corridor), doors: campaigns.agentRoutes(corridor) },
  });
  // Another server on the same database.
  const second = await startAgentsListener({
    ...{ db, corridor, authority, pollMs: 1_000, clock, log, setting: 'agents' },
    ...{ address: { host: '127.0.0.1', port: 0 }, watch: () => undefined },
    ...{ attend: campaigns.attend(corridor), doors: campaigns.agentRoutes(corridor) },
  });
  const world: CampaignWorld = new CampaignWorld({
    secondPort: async () => {
      await second.open();
      return second.port() ?? 0;
    },
    ...{ database, corridor, app, handlers, ahead },
    origin: `${repository.url.replace('http://', '')} stable/main`,
    close: async () => {
      await app.close();
      await listener.close();
      await second.close();
      await approvals.close();
      await authenticity.close();
      await knowledge.close();
      receiver.server.close();
      repository.close();
      await database.close();
      await rm(data, { recursive: true, force: true });
    },
  });
  receiver.onNotice = (text) => world.notices.push(text);
  await insertPeople(world);
  await world.done('ada', 'POST', 'trust/roots', { envelope: rootEnvelope(team(), 'ada', 'adrian') });
  const origin = await world.done<OriginBody>('ada', 'POST', 'origins', {
    ...{ url: repository.url, suite: 'stable', components: ['main'], architectures: ['amd64'] },
    keys: signer.publicKey.armor(),
  });
  await world.done('ada', 'POST', `origins/${origin.id}/refresh`);
  await world.done('ada', 'POST', 'stakeholders', { channel: 'webhook', group: '*', address: receiver.url });
  await world.done('ivy', 'PUT', 'maintenance-groups/always', { version: 0, zone: 'UTC', windows: ALWAYS });
  for (const kind of hosts) {
    const { token } = await createToken(
      { corridor, authorityFingerprint: authority.fingerprint, agentsAddress: 'localhost:8421' },
      { validMs: HOUR_MS, note: null },
      { actor: 'local', at: clock() },
    );
    await listener.open();
    const host = new ActingHost(listener.port() ?? 0, kind, {
      packages: [installed(PACKAGE, OLD.version)],
      updates: [offered(PACKAGE, OLD.version, NEW.version, { origins: [world.origin] })],
      ...{ origin: world.origin, clock, known: knownOf(team()) },
    });
    const answer = await host.agent.enroll(token);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    world.hosts.set(kind.name, host);
    await host.checkIn();
    await world.done('ivy', 'PATCH', `assets/${host.assetId}`, {
      ...{ version: 1, owner: 'otto', environment: kind.environment, criticality: kind.criticality },
      ...{ exposure: 'internal', maintenanceGroup: 'always' },
      ...(kind.name.startsWith('critical') ? { redundancyGroups: [PAIR] } : {}),
    });
  }
  await world.settle();
  const advisory = { id: 'DSA-9001-1', package: fixes ? PACKAGE : 'another', fixed: NEW.version };
  const bytes = osvFile({ ...advisory, published: new Date(Date.now() - HOUR_MS).toISOString() });
  await world.importFeed('debian-osv', bytes);
  await world.settle();
  return world;
}

export const PROPOSAL = `${SCOPE}/${PACKAGE}`;
const ALWAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((weekday) => ({
  ...{ kind: 'weekly' as const, weekday, start: '00:00', durationMs: 24 * HOUR_MS },
}));

function personId(login: string): string {
  return `01890000-0000-7000-8000-${Buffer.from(login.padEnd(6, '_').slice(0, 6)).toString('hex')}`;
}

async function insertPeople({ database: { db }, now }: CampaignWorld): Promise<void> {
  await db
    .insertInto('access.person')
    .values(
      Object.entries(PEOPLE).map(([login, roles]) => ({
        ...{ id: personId(login), login, name: login, password_hash: 'none', created_at: timestamp(now()) },
        // The table takes the same words.
        roles: [...roles],
      })),
    )
    .execute();
}

async function openReceiver(): Promise<{ url: string; server: Server; onNotice: (text: string) => void }> {
  const receiver: { url: string; onNotice: (text: string) => void } = { url: '', onNotice: () => undefined };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      receiver.onNotice(Buffer.concat(chunks).toString());
      response.writeHead(200).end('taken');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`;
  return Object.assign(receiver, { server });
}

import type { FeedBody, FindingBody } from '@patchsteward/contract';
import type { CallAnswer } from '@patchsteward/contract/client';
import { createApp } from '../../../../server/src/platform/http/app.ts';
import { bindAll, type Handlers } from '../../../../server/src/platform/http/bind.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { sendSecurityHeaders } from '../../../../server/src/platform/http/security.ts';
import { serveConsole } from '../../../../server/src/platform/http/static.ts';
import { LiveStreams } from '../../../../server/src/platform/live/streams.ts';
import { createLog } from '../../../../server/src/platform/log.ts';
import { type FakeAnnouncementRouteId, fakeAnnouncements } from './fake-announcements.ts';
import { DAY_MS, FAKE_ASSETS, fakeAssets, fakeId, HOUR_MS, wire } from './fake-assets.ts';
import { type FakeBillRouteId, fakeBills } from './fake-bills.ts';
import { type FakeCampaignRouteId, fakeCampaign } from './fake-campaign.ts';
import { type FakeWork, fakeCampaigns } from './fake-campaigns.ts';
import { type FakeChangesRouteId, fakeChanges } from './fake-changes.ts';
import { type FakeExceptionRouteId, fakeExceptions } from './fake-exceptions.ts';
import { fakeFindings, fakePackages, fakeUpdates } from './fake-findings.ts';
import { type FakeFleetRouteId, fakeFleet } from './fake-fleet.ts';
import { fakeHealth } from './fake-health.ts';
import { EMPTY_INBOX, fakeDecision, fakeInbox } from './fake-inbox.ts';
import { type FakeMaintenanceRouteId, fakeMaintenance } from './fake-maintenance.ts';
import { matching, pageOf } from './fake-pages.ts';
import { FAKE_LOOK, FAKE_PINNED, FAKE_PROVIDER } from './fake-provider.ts';
import { type FakeSettings, type FakeSettingsRouteId, fakeSettings } from './fake-settings.ts';

/**
 * A server with invented data for states that a real one reaches only in years: thousands of findings, a conflict, a
 * database that is gone. It answers through the real HTTP platform, so that the contract checks every answer.
 */
export interface FakeServer {
  readonly origin: string;
  /** Every route but the session refuses with this code while it is set. */
  refuseWith: 'database-gone' | 'not-signed-in' | null;
  /** Somebody else changes the asset between loading and saving. */
  changeBehindTheBack: (id: string) => void;
  /** Who comes: the first account is still to be made, nobody has signed in, or Ada has. */
  visitor: 'first-run' | 'nobody' | 'ada';
  /** What there is of trust, origins and stakeholders. */
  readonly settings: FakeSettings;
  /** How much there is to do with campaigns. */
  work: FakeWork;
  /** Something changed, as the stream of events says it. */
  readonly tell: (words: readonly string[]) => void;
  /** Nothing waits for whoever is signed in. */
  inboxEmpty: boolean;
  /** Nobody answers for anything. */
  exceptionsEmpty: boolean;
  /** The roles of the person who is signed in. */
  may: ('operator' | 'administrator' | 'security' | 'triager')[];
  readonly close: () => Promise<void>;
}

const FEEDS: FeedBody[] = [
  {
    ...{
      feed: 'debian-osv',
      form: 'osv',
      gives: 'claims',
      own: false,
      enabled: true,
      failures: 0,
      nextAttemptAt: wire(30 * 60_000),
    },
    title: 'Debian security advisories (OSV)',
    url: 'https://osv-vulnerabilities.storage.googleapis.com/Debian/all.zip',
    state: 'fresh',
    records: 12_345,
    quarantined: 2,
    dataAsOf: wire(-3 * HOUR_MS),
    importedAt: wire(-2 * HOUR_MS),
    sha256: `sha256:${'ab'.repeat(32)}`,
    lastError: null,
  },
  {
    ...{
      feed: 'kev',
      form: 'kev',
      gives: 'known-exploited',
      own: false,
      enabled: true,
      failures: 0,
      nextAttemptAt: wire(6 * HOUR_MS),
    },
    title: 'CISA Known Exploited Vulnerabilities',
    url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    state: 'failed',
    records: 1_400,
    quarantined: 0,
    dataAsOf: wire(-9 * DAY_MS),
    importedAt: wire(-9 * DAY_MS),
    sha256: `sha256:${'cd'.repeat(32)}`,
    lastError: 'the publisher did not answer within 30 s',
  },
  {
    ...{ feed: 'epss', form: 'epss', gives: 'scores', own: false, enabled: true, failures: 0, nextAttemptAt: null },
    title: 'FIRST EPSS scores',
    url: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    state: 'never-imported',
    records: 0,
    quarantined: 0,
    dataAsOf: null,
    importedAt: null,
    sha256: null,
    lastError: null,
  },
  {
    ...{ feed: 'npm-osv', form: 'osv', gives: 'claims', own: false, enabled: false, failures: 0, nextAttemptAt: null },
    title: 'npm packages: advisories in OSV form',
    url: 'https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip',
    state: 'off',
    ...{ records: 0, quarantined: 0, dataAsOf: null, importedAt: null, sha256: null, lastError: null },
  },
];

/** One that was just added. */
const NEW_FEED: FeedBody = {
  ...{ feed: 'acme', form: 'osv', gives: 'claims', own: true, enabled: true, failures: 0, nextAttemptAt: wire(0) },
  ...{ title: 'Acme', url: 'https://osv.example.org/all.zip', state: 'never-imported' },
  ...{ records: 0, quarantined: 0, dataAsOf: null, importedAt: null, sha256: null, lastError: null },
};

type EnrollmentToken = CallAnswer<'enrollment-token.list'>['items'][number];

const TOKENS = [
  { id: fakeId(901), note: 'web-2', createdAt: wire(-60_000), expiresAt: wire(HOUR_MS), state: 'open', usedBy: null },
  {
    id: fakeId(902),
    note: null,
    createdAt: wire(-DAY_MS),
    expiresAt: wire(-DAY_MS / 2),
    state: 'used',
    usedBy: fakeId(1),
  },
  {
    id: fakeId(903),
    note: 'lab',
    createdAt: wire(-3 * DAY_MS),
    expiresAt: wire(-2 * DAY_MS),
    state: 'expired',
    usedBy: null,
  },
  {
    id: fakeId(904),
    note: 'old',
    createdAt: wire(-9 * DAY_MS),
    expiresAt: wire(-8 * DAY_MS),
    state: 'revoked',
    usedBy: null,
  },
] as const;

export async function startFakeServer(consoleDirectory: string): Promise<FakeServer> {
  const assets = new Map(fakeAssets().map((asset) => [asset.id, asset]));
  const findings = new Map<string, FindingBody[]>([
    [FAKE_ASSETS.affected, fakeFindings(143, 41)],
    [FAKE_ASSETS.neglected, fakeFindings(3_200, 120)],
  ]);
  const log = createLog({ level: 'silent' });
  const app = createApp({ log, connectionsMax: 100 });
  const streams = new LiveStreams(() => Date.now(), log);

  const assetOf = (id: string) => {
    const asset = assets.get(id);
    if (asset === undefined) throw new Refusal('not-found', `There is no asset ${id}.`);
    return asset;
  };
  let made: EnrollmentToken | null = null;
  const feeds = new Map([...FEEDS, FAKE_PROVIDER].map((feed) => [feed.feed, feed]));
  let fingerprints: readonly string[] = [FAKE_PINNED];
  const detailOf = (feed: string) => ({
    ...(feeds.get(feed) ?? NEW_FEED),
    ...{ scopes: [], quarantine: [], fingerprints: [...fingerprints] },
  });
  const settings: FakeSettings = { root: 'team', empty: false };
  const handlers: Handlers<
    | FakeSettingsRouteId
    | FakeCampaignRouteId
    | FakeBillRouteId
    | FakeChangesRouteId
    | FakeFleetRouteId
    | FakeMaintenanceRouteId
    | FakeExceptionRouteId
    | FakeAnnouncementRouteId
    | 'health.live'
    | 'session.show'
    | 'session.sign-in'
    | 'session.sign-out'
    | 'overview.show'
    | 'event.stream'
    | 'campaign.list'
    | 'campaign.open'
    | 'proposal.list'
    | 'proposal.show'
    | 'asset.list'
    | 'asset.show'
    | 'asset.change'
    | 'asset.findings'
    | 'asset.updates'
    | 'asset.packages'
    | 'health-profile.show'
    | 'health-profile.set'
    | 'feed.list'
    | 'feed.show'
    | 'feed.pin-keys'
    | 'provider.look'
    | 'feed.add'
    | 'feed.change'
    | 'feed.remove'
    | 'feed.fetch'
    | 'feed.import'
    | 'inbox.list'
    | 'passkey.list'
    | 'decision.show'
    | 'enrollment-token.list'
    | 'enrollment-token.create'
    | 'enrollment-token.revoke'
  > = {
    ...fakeSettings(settings),
    'health.live': () => Promise.resolve({ status: 'up', checks: {} }),
    'session.show': () => Promise.resolve(session()),
    'session.sign-in': () => Promise.resolve(session()),
    'session.sign-out': () => Promise.resolve({}),
    ...fakeCampaigns(() => fake.work),
    ...fakeCampaign(),
    ...fakeBills(),
    ...fakeHealth(),
    ...fakeChanges(assets),
    ...fakeFleet(),
    ...fakeMaintenance(() => settings.empty),
    ...fakeExceptions(() => fake.exceptionsEmpty),
    ...fakeAnnouncements(),
    'event.stream': async ({ stillAdmitted }) => streams.open({ person: 'ada', stillAdmitted }),
    'asset.list': ({ query }) => Promise.resolve(pageOf(matching([...assets.values()], query.search), query)),
    'asset.show': async ({ params }) => assetOf(params.id),
    'asset.change': async ({ params, body }) => {
      const asset = assetOf(params.id);
      const { version, ...change } = body;
      if (version !== asset.version) {
        throw new Refusal('conflict', `The asset is at version ${asset.version}, the change was made on ${version}.`);
      }
      const changed = { ...asset, ...definedOf(change), version: version + 1 };
      assets.set(params.id, changed);
      return changed;
    },
    'asset.findings': async ({ params, query }) => ({
      judged: assetOf(params.id).judged,
      answered: 0,
      unjudgedPackages: params.id === FAKE_ASSETS.affected ? 12 : 0,
      notCovered: [],
      unsupported: [],
      unsupportedTotal: 0,
      contested: params.id === FAKE_ASSETS.affected ? 3 : 0,
      ...pageOf(matching(findings.get(params.id) ?? [], query.search), query),
    }),
    'asset.updates': async ({ params, query }) => ({
      ...pageOf(matching(fakeUpdates(assetOf(params.id).updates ?? 0), query.search), query),
      reasons: params.id === FAKE_ASSETS.neglected ? assetOf(params.id).reasons : [],
    }),
    'asset.packages': async ({ params, query }) =>
      pageOf(matching(fakePackages(assetOf(params.id).packages ?? 0), query.search), query),
    'feed.list': () => Promise.resolve({ items: [...feeds.values()], countingSince: null }),
    'feed.show': async ({ params }) => detailOf(params.feed),
    'feed.pin-keys': async ({ params, body }) => {
      fingerprints = body.fingerprints;
      return detailOf(params.feed);
    },
    'provider.look': () => Promise.resolve(FAKE_LOOK),
    'feed.add': async ({ body }) => {
      const { feed, form, url, title = feed } = body;
      const added: FeedBody = { ...NEW_FEED, feed, form, url, title };
      feeds.set(feed, added);
      return { ...added, scopes: [], quarantine: [], fingerprints: [] };
    },
    'feed.change': async ({ params, body }) => {
      const known = feeds.get(params.feed) ?? NEW_FEED;
      const changed: FeedBody = { ...known, enabled: body.enabled, state: body.enabled ? 'never-imported' : 'off' };
      feeds.set(params.feed, changed);
      return { ...changed, scopes: [], quarantine: [], fingerprints: [] };
    },
    'feed.remove': async ({ params }) => {
      feeds.delete(params.feed);
      return {};
    },
    'feed.fetch': () => Promise.reject(new Refusal('feed-unreachable', 'The publisher did not answer within 30 s.')),
    'feed.import': async ({ params, body }) => {
      const bytes = await body.all();
      return {
        feed: params.feed,
        changed: true,
        records: bytes.length,
        added: bytes.length,
        updated: 0,
        removed: 0,
        quarantined: [{ record: 'DSA-0000-1', problem: 'the fixed version is none' }],
        quarantinedTotal: 3,
        judgesNothing: false,
        durationMs: 1_234,
        rejudged: 756,
        countingSince: null,
      };
    },
    'passkey.list': () => Promise.resolve({ site: '127.0.0.1', reason: null, items: [] }),
    'inbox.list': () => Promise.resolve(fake.inboxEmpty ? EMPTY_INBOX : fakeInbox()),
    'decision.show': async ({ params }) => fakeDecision(params.plan),
    'enrollment-token.list': () => Promise.resolve({ items: [...(made === null ? [] : [made]), ...TOKENS] }),
    'enrollment-token.create': async ({ body }) => {
      const state = 'open' as const;
      made = { id: fakeId(905), note: body.note, createdAt: wire(0), expiresAt: wire(HOUR_MS), state, usedBy: null };
      return {
        id: made.id,
        token: 'ps1.c2VjcmV0LXNlY3JldC1zZWNyZXQ.3q2-7wAAAAA',
        expiresAt: wire(HOUR_MS),
        command:
          'patchsteward agent enroll --server patchsteward.example.org:8421 --token ps1.c2VjcmV0LXNlY3JldC1zZWNyZXQ.3q2-7wAAAAA && patchsteward agent run',
        packagedCommand:
          'patchsteward-agent enroll --server patchsteward.example.org:8421 --token ps1.c2VjcmV0LXNlY3JldC1zZWNyZXQ.3q2-7wAAAAA',
      };
    },
    'enrollment-token.revoke': async ({ params }) => {
      if (made?.id === params.id) made = { ...made, state: 'revoked' };
      return {};
    },
  };

  const fake: FakeServer = {
    origin: '',
    refuseWith: null,
    settings,
    visitor: 'ada',
    work: 'busy',
    tell: (words) => streams.tell(words),
    inboxEmpty: false,
    exceptionsEmpty: false,
    may: ['operator', 'administrator'],
    changeBehindTheBack: (id) => {
      const asset = assetOf(id);
      assets.set(id, { ...asset, criticality: 'critical', owner: 'Shop team', version: asset.version + 1 });
    },
    close: async () => {
      await streams.close();
      await app.close();
    },
  };
  const session = () => ({
    person:
      fake.visitor === 'ada'
        ? { id: fakeId(99), login: 'ada', name: 'Ada Example', roles: ['it' as const], may: fake.may }
        : null,
    firstRun: fake.visitor === 'first-run',
    serverVersion: '0.1.0',
  });

  sendSecurityHeaders(app);
  bindAll(app, handlers, {
    admit: (access) => {
      if (access !== 'anybody' && fake.refuseWith !== null) {
        return Promise.reject(new Refusal(fake.refuseWith, 'The database does not answer.'));
      }
      return Promise.resolve({ kind: 'person', id: fakeId(99), login: 'ada', name: 'Ada Example', roles: ['it'] });
    },
    clock: () => Date.now(),
    log,
  });
  await serveConsole(app, consoleDirectory);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return Object.assign(fake, { origin });
}

/** zod's optional fields may be present and undefined; those say nothing. */
function definedOf<Change extends object>(
  change: Change,
): { [Field in keyof Change]: Exclude<Change[Field], undefined> } {
  const defined = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [Field in keyof Change]: Exclude<Change[Field], undefined> }; // Entries forget their keys.
}

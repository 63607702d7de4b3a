import type { AssetFindings, AssetUpdates, FleetFindingPage } from '@patchsteward/contract';
import { scopeOfRelease, supportOf } from '@patchsteward/core/1-identification';
import type { AssetAnswers, GroupTimes } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { noSuchAsset } from './asset-perform.ts';
import type { AssetViews } from './asset-view-reader.ts';
import { readEvidence } from './evidence.ts';
import { type ReportedAsset, readReportedAsset } from './evidence-store.ts';
import { notJudgedIn } from './exposed-assets.ts';
import { exposurePage } from './exposure.ts';
import { momentOf } from './exposure-moment.ts';
import { feedEntries } from './feeds-registry.ts';
import { silenceReasons, silentFeeds } from './feeds-silence.ts';
import { readFeedRows } from './feeds-store.ts';
import { pastFindingPage } from './finding-past.ts';
import { readFindingSince } from './finding-since.ts';
import { findingsPage } from './findings.ts';
import { countingBody, findingGroupPage, offeredAssetPage, updateGroupPage } from './fleet-group-page.ts';
import { readIdle } from './fleet-idle-store.ts';
import type { Sought } from './fleet-list-store.ts';
import { fleetFindingPage, fleetUpdatePage } from './fleet-page.ts';
import type { AnswersByAsset } from './fleet-urgency.ts';
import { judgedOf, notJudged } from './judged.ts';
import { readLifecycles } from './lifecycle-store.ts';
import type { PageQuery } from './memory-page.ts';
import { readUnsupported } from './package-support-store.ts';
import { readStoredSection } from './section-store.ts';
import { updatesPage } from './updates.ts';

type FindingRouteId =
  | 'asset.findings'
  | 'asset.updates'
  | 'finding.list'
  | 'finding.groups'
  | 'update.list'
  | 'update.groups'
  | 'update.assets'
  | 'exposure.show';

interface Parts {
  readonly db: Db;
  readonly keptPlans: Db;
  readonly assets: AssetViews;
  readonly policy: Policy;
  /** What people answered to risks on assets; given by whoever knows step 2. */
  readonly answersOn: (assetIds: readonly string[]) => Promise<AnswersByAsset>;
  /** When the assets of a group may go down; given by whoever knows step 6. */
  readonly timesOf: (group: string, now: Instant) => Promise<GroupTimes | null>;
}

export function findingRoutes({ db, keptPlans, assets, policy, answersOn, timesOf }: Parts): Handlers<FindingRouteId> {
  return {
    'asset.findings': async ({ params, query, now }) => {
      const answers = (await answersOn([params.id])).get(params.id) ?? NOTHING_SAID;
      return assetFindings(keptPlans, await assetOf(keptPlans, params.id), query, { policy, now, answers, timesOf });
    },
    'asset.updates': async ({ params, query, now }) =>
      assetUpdates(keptPlans, await assetOf(keptPlans, params.id), query, { policy, now }),
    'finding.list': ({ query, now }) => {
      const at = momentOf(query.at, now);
      return at === null
        ? fleetFindings(keptPlans, assets, query, now)
        : pastFindingPage(db, assets.current, query, at);
    },
    'finding.groups': async ({ query, now }) => {
      const [page, view, idle] = await Promise.all([findingGroupPage(db, query, now), assets.current(), readIdle(db)]);
      return { ...page, idle, ...notJudgedIn(view) };
    },
    'update.list': async ({ query, now }) => {
      const [page, counting] = await Promise.all([fleetUpdatePage(db, query, now), countingBody(db, now)]);
      return { ...page, ...counting };
    },
    'update.groups': ({ query, now }) => updateGroupPage(db, query, now),
    'update.assets': ({ query }) => offeredAssetPage(db, query),
    'exposure.show': ({ params, query, now }) =>
      exposurePage({ db, keptPlans, assets, answersOn }, params.vulnerability, query, now),
  };
}

async function assetOf(db: Db, id: string): Promise<ReportedAsset> {
  const asset = await readReportedAsset(db, id);
  if (asset === undefined) throw noSuchAsset(id);
  return asset;
}

interface By {
  readonly policy: Policy;
  readonly now: Instant;
}

interface Said {
  readonly answers: AssetAnswers;
  readonly timesOf: Parts['timesOf'];
}

const NOTHING_SAID: AssetAnswers = { covers: [], fallen: [] };
const EMPTY = { items: [], next: null, total: 0 } as const;

async function assetFindings(db: Db, asset: ReportedAsset, query: PageQuery, by: By & Said): Promise<AssetFindings> {
  if (asset.report === null) {
    const judged = notJudged(reasonOf('not-reported-yet', asset.name));
    const nothing = {
      answered: 0,
      unjudgedPackages: 0,
      notCovered: [],
      contested: 0,
      unsupported: [],
      unsupportedTotal: 0,
    };
    return { ...EMPTY, items: [], judged, ...nothing };
  }
  const evidence = await readEvidence(db, asset.report, true);
  const system = await readStoredSection(db, 'system', asset.report.systemHash);
  const { maintenanceGroup: group } = asset;
  const times = {
    since: await readFindingSince(db, asset.id, evidence, asset.report, system),
    times: group === null ? null : await by.timesOf(group, by.now),
  };
  const lifecycles = await readLifecycles(db, scopeOfRelease(evidence.packageSet.release) ?? asset.supportScope);
  const support = supportOf(lifecycles, by.policy.endOfLife.warnMs, by.now);
  const unsupported = await readUnsupported(db, evidence.packageSet, {
    now: by.now,
    warnMs: by.policy.endOfLife.warnMs,
  });
  return {
    ...findingsPage(evidence, asset, system, query, { ...by, times, support, unsupported }),
    judged: judgedOf(evidence.packageSet, evidence.feeds, asset.report),
  };
}

async function assetUpdates(db: Db, asset: ReportedAsset, query: PageQuery, by: By): Promise<AssetUpdates> {
  if (asset.report === null) {
    return { ...EMPTY, items: [], reasons: [reasonBody(reasonOf('not-reported-yet', asset.name))] };
  }
  return updatesPage(await readEvidence(db, asset.report, false), asset, query, by);
}

/** With assets that nobody could judge, the list says so: it is shorter than the truth. */
async function fleetFindings(
  db: Db,
  assets: AssetViews,
  query: PageQuery & Sought,
  now: Instant,
): Promise<FleetFindingPage> {
  const [page, view, feedRows, idle, counting] = await Promise.all([
    fleetFindingPage(db, query, now),
    assets.current(),
    readFeedRows(db),
    readIdle(db),
    countingBody(db, now),
  ]);
  const reasons = [
    ...(view.feeds.length === 0 ? [reasonOf('no-feed', 'the fleet')] : []),
    ...(view.size === 0 ? [reasonOf('no-asset-enrolled', 'the fleet')] : []),
    ...silenceReasons(silentFeeds(feedEntries(feedRows, {}), now), null),
  ];
  const silence = { ...notJudgedIn(view), reasons: reasons.map(reasonBody) };
  return { ...page, ...counting, ...silence, idle, past: null };
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { announcementRoutes } from './1-identification/announcement-routes.ts';
import type { AssetViews } from './1-identification/asset-view-reader.ts';
import { believeAnew } from './1-identification/believing.ts';
import { reportComponents } from './1-identification/bill-perform.ts';
import { COMPONENTS_WISH } from './1-identification/components-wish.ts';
import { importFolder } from './1-identification/csaf-import.ts';
import { diskFolder } from './1-identification/document-folder.ts';
import { evidenceForEvaluation } from './1-identification/evaluation-evidence.ts';
import { type FetchTools, fetchFeed } from './1-identification/feeds-fetch.ts';
import { FeedFolder } from './1-identification/feeds-folder.ts';
import { importFeed } from './1-identification/feeds-import.ts';
import { providersOf } from './1-identification/feeds-registry.ts';
import { feedRoutes } from './1-identification/feeds-routes.ts';
import { FetchSchedule, fetchTimers } from './1-identification/feeds-schedule.ts';
import { readFeedRows } from './1-identification/feeds-store.ts';
import { grantWatch, watchTimer } from './1-identification/feeds-watch.ts';
import { findingRoutes } from './1-identification/findings-routes.ts';
import { countFleet, grantFleet } from './1-identification/fleet.ts';
import { isFleetBehind } from './1-identification/fleet-lag-store.ts';
import { grantRejudge, judgeTogether } from './1-identification/judging.ts';
import { patternsOf } from './1-identification/memory-page.ts';
import { namedAssets } from './1-identification/named-assets.ts';
import { grantPlatformEnds, PLATFORM_ENDS, platformTimer } from './1-identification/platform-ends.ts';
import { severityRoutes } from './1-identification/severity-routes.ts';
import { findTargetAssets } from './1-identification/target-assets.ts';
import { assessAll, grantAssess } from './2-evaluation/assessing.ts';
import { readAllAnswers, readAnswers } from './2-evaluation/response-cover-store.ts';
import { expireResponse, RISK_EXPIRES } from './2-evaluation/response-perform.ts';
import { responseRoutes } from './2-evaluation/response-routes.ts';
import { groupTimes } from './6-deployment/group-times.ts';
import { grantLaneFollows, LANE_FOLLOWS, lanesOfAssets, severityCampaigns } from './campaign/severity-campaigns.ts';
import { openFeedOrigin } from './connectors/feed-origin.ts';
import type { AtWork } from './platform/at-work.ts';
import type { Corridor, WishHandler } from './platform/corridor.ts';
import type { Db } from './platform/database.ts';
import { newId } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import type { Settings } from './platform/settings-schema.ts';
import { Closers } from './platform/shutdown.ts';

interface KnowledgeOptions {
  readonly db: Db;
  /** For pages that look up what they show by its keys. */
  readonly keptPlans: Db;
  readonly assets: AssetViews;
  readonly clock: () => Instant;
  readonly log: Log;
  /** 0 to 1. */
  readonly dice: () => number;
  readonly policy: Policy;
  readonly atWork: AtWork;
  readonly settings: Pick<Settings, 'data' | 'feedsDir' | 'feedsFetch' | 'feedUrls'>;
}

/** What is known of vulnerabilities and what follows from it: steps 1 and 2, as the corridor and the doors see them. */
export function openKnowledge(options: KnowledgeOptions) {
  const { db, keptPlans, assets, clock, dice, log, policy, atWork, settings } = options;
  const assessing = { evidenceReader: evidenceForEvaluation, policy, follow: lanesOfAssets };
  const closers = new Closers();
  const scratchDirectory = join(settings.data, 'scratch');
  const origin = openFeedOrigin(USER_AGENT);
  closers.add('the connections to feeds', origin.close);
  const schedule = new FetchSchedule({ db, clock, dice, log, atWork, mirrors: settings.feedUrls });
  closers.add('the fetching of feeds', () => schedule.stop());
  const partsOf = (corridor: Corridor): SettleParts => ({ db, corridor, assessing, clock });
  const toolsOf = (corridor: Corridor): FetchTools => ({
    db,
    corridor,
    clock,
    origin,
    settle: (isListed) => settle(partsOf(corridor), { ...IMPORTED, isListed }),
    mirrors: settings.feedUrls,
    policy,
    scratchDirectory,
  });

  return {
    timers: async () => [
      watchTimer(clock()),
      platformTimer(clock()),
      ...(settings.feedsFetch ? await fetchTimers(db, settings.feedUrls, clock()) : []),
    ],
    wishes: (corridor: Corridor): Readonly<Record<string, WishHandler>> => ({
      rejudge: grantRejudge,
      [COMPONENTS_WISH]: async (wish) => ({ value: await reportComponents({ db, corridor }, wish) }),
      assess: (wish, tx) => grantAssess(assessing, wish, tx),
      [RISK_EXPIRES]: (wish, tx) => expireResponse(policy, wish, tx),
      [PLATFORM_ENDS]: grantPlatformEnds,
      [LANE_FOLLOWS]: (wish, tx) => grantLaneFollows({ policy, newId }, wish, tx),
      fleet: (wish, tx) => grantFleet(wish, tx, { clock, policy, readSaid: readAllAnswers }),
      'feed.watch': (wish, tx) => grantWatch(wish, tx, settings.feedUrls),
      'feed.fetch': (wish) =>
        settings.feedsFetch
          ? schedule.grant(wish, corridor, (feed, signal) => fetchFeed(toolsOf(corridor), feed, 'system', signal))
          : Promise.resolve({ value: undefined }),
    }),
    routes: (corridor: Corridor) => ({
      ...findingRoutes({
        ...{ db, keptPlans, assets, policy },
        answersOn: (assetIds) => readAnswers(keptPlans, assetIds),
        timesOf: (group, now) => groupTimes(keptPlans, group, now),
      }),
      ...feedRoutes(toolsOf(corridor)),
      ...announcementRoutes({
        ...{ db, corridor, policy },
        settle: () => settle(partsOf(corridor), SPOKEN),
      }),
      ...responseRoutes({
        ...{ db, corridor, policy, patternsOf, findTargets: findTargetAssets },
        settle: () => settle(partsOf(corridor), SPOKEN),
        namesOf: async (ids) => new Map((await namedAssets(db, ids)).map(({ assetId, name }) => [assetId, name])),
      }),
      ...severityRoutes({
        ...{ db, keptPlans, corridor, policy },
        campaigns: severityCampaigns({ policy, newId }),
        settle: () => settle(partsOf(corridor), SPOKEN),
      }),
    }),
    /** Clears what a crash left of half-received files, and begins to look after the folder of feeds. */
    start: async (corridor: Corridor) => {
      await rm(scratchDirectory, { recursive: true, force: true });
      await believeAnew(corridor, policy, clock);
      if (settings.feedsDir === undefined) return;
      const tools = toolsOf(corridor);
      const folder = new FeedFolder({
        directory: settings.feedsDir,
        scratchDirectory,
        clock,
        log,
        importFile: (feed, file) => importFeed(tools, feed, file, 'system'),
        providers: async () => providersOf(await readFeedRows(db), settings.feedUrls),
        importProvider: async (feed, directory) =>
          importFolder(tools, await diskFolder(directory), { feed, actor: 'system' }),
      });
      closers.add('the folder of feeds', () => folder.stop());
    },
    close: () => closers.close(log),
  };
}

const USER_AGENT = 'patchsteward';

/**
 * Whoever imports waits this long for assessments, and for others who judge some of it at this moment: fifty hosts that
 * enroll are judged in less. What of a large fleet is left follows by the wish of the import, which says so.
 */
const IMPORTED: Omit<Settling, 'isListed'> = { assessingMs: 20_000, othersMs: 60_000 };
/** A person who spoke is not kept waiting for longer; the rest follows by the wish of what was said. */
const SPOKEN: Settling = { assessingMs: 2_000, othersMs: 0, isListed: true };

interface Settling {
  readonly assessingMs: number;
  readonly othersMs: number;
  /** Lists over the fleet show something else now even where nothing was to be judged or assessed. */
  readonly isListed: boolean;
}

interface SettleParts {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly assessing: Parameters<typeof assessAll>[1];
  readonly clock: () => Instant;
}

/** What follows from new claims, at once: whoever imported them reads the answer next. Whether the lists show all of it. */
async function settle(
  { db, corridor, assessing, clock }: SettleParts,
  { assessingMs, othersMs, isListed }: Settling,
): Promise<boolean> {
  const { judged, isWhole } = await judgeTogether({ db, corridor, clock }, othersMs);
  const assessed = await assessAll(corridor, assessing, clock, clock() + assessingMs);
  if (isListed || judged + assessed > 0 || (await isFleetBehind(db)))
    await countFleet(corridor, { clock, policy: assessing.policy, readSaid: readAllAnswers });
  return isWhole;
}

import { setImmediate } from 'node:timers/promises';
import type { FleetFinding, FleetFindingPage } from '@patchsteward/contract';
import {
  indexClaims,
  isFinding,
  isKernelSource,
  type Judgment,
  judge,
  orderOfScope,
  runsAsKernel,
  speakingClaims,
} from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { intelligenceBody } from './assessment-body.ts';
import type { AssetView } from './asset-view.ts';
import { type Fleet, type FleetPast, fleetOfPast, readFleetPast } from './exposure-fleet.ts';
import { knownThen } from './exposure-moment.ts';
import {
  readClaimsThen,
  readExploitedThen,
  readKnowledgeOf,
  readPlacesOf,
  readVersionsIn,
} from './finding-past-store.ts';
import type { Sought } from './fleet-list-store.ts';
import type { HostKind } from './host-kinds.ts';
import { type SourceVersionRow, sourceVersionOf } from './judging-store.ts';
import { knownOf } from './knowledge.ts';
import { memoryPage, type PageQuery, wordsIn } from './memory-page.ts';
import { pastBody } from './past-body.ts';

/** Distinct source versions that are judged anew for one answer: some seconds of work, between which others get a turn. */
const VERSIONS_MAX = 20_000;
/** Of one question to the database: a kernel has thousands of claims, and all of them are in memory at once. */
const JUDGED_AT_ONCE_MAX = 200;
/** Kinds of hosts between two looks at what else waits. */
const KINDS_AT_ONCE_MAX = 200;

interface Found {
  readonly judgment: Judgment;
  readonly source: string;
  readonly scope: string;
}

interface Tallied extends Found {
  assets: number;
}

/** What the fleet was affected by on a day of the past, by what was known then. Nothing of it is kept: it is judged anew. */
export async function pastFindingPage(
  db: Db,
  view: () => Promise<AssetView>,
  query: PageQuery & Sought,
  at: Instant,
): Promise<FleetFindingPage> {
  const past = await readFleetPast(db, at);
  const { found, places, kernels } = await foundThen(db, past, query.source, at);
  // The view goes on with the next question: nothing is waited for before it is asked.
  const assets = await view();
  const fleet = fleetOfPast(assets, past);
  const exploited = await readExploitedThen(db, at);
  const tallied = await tally(fleet, (kind) => keptBy(kind, places, kernels), found);
  const matches = wordsIn(query.search);
  const shown = tallied.filter(({ judgment, source, scope }) =>
    matches(judgment.vulnerability, source, judgment.winner.advisory, scope),
  );
  const { items, next, total } = memoryPage(shown, query, (row) => placeOf(row, exploited), Cursor);
  return {
    items: await bodiesOf(db, items, at),
    ...{ next, total, idle: [], reasons: [], countingSince: null },
    past: pastBody(at, past.historyFrom, assets.size - fleet.size),
    assetsNotJudged: notJudged(fleet, past) + assets.size - fleet.size,
    // What was spoken of then is known of releases alone.
    assetsPartlyJudged: 0,
  };
}

const Cursor = z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()]);

/** What was exploited first, then what was on most assets: no other figure of that day is kept. */
function placeOf({ judgment, source, scope, assets }: Tallied, exploited: ReadonlySet<string>): z.infer<typeof Cursor> {
  return [exploited.has(judgment.vulnerability) ? 0 : 1, -assets, judgment.vulnerability, source, scope];
}

async function foundThen(db: Db, past: FleetPast, source: string | undefined, at: Instant) {
  const kinds = [...past.had.values()];
  const sets = [...past.sets.keys()];
  const others = [...new Set(kinds.flatMap(({ lingering }) => lingering))];
  const versions = await readVersionsIn(db, { sets, others, source }, VERSIONS_MAX + 1);
  if (versions.length > VERSIONS_MAX) throw tooMany();
  const found = new Map<number, readonly Found[]>();
  for (let from = 0; from < versions.length; from += JUDGED_AT_ONCE_MAX) {
    const some = versions.slice(from, from + JUDGED_AT_ONCE_MAX);
    const claims = indexClaims(await readClaimsThen(db, some, at));
    for (const row of some) {
      const judgments = judgedThen(row, claims);
      if (judgments.length > 0) {
        found.set(
          row.id,
          judgments.map((judgment) => ({ judgment, source: row.source, scope: row.scope })),
        );
      }
    }
    await setImmediate();
  }
  const places = await readPlacesOf(db, sets, [...found.keys()]);
  const kernels = new Set(versions.filter((row) => isKernelSource(row.source)).map(({ id }) => id));
  return { found, places, kernels };
}

function judgedThen(row: SourceVersionRow, claims: ReturnType<typeof indexClaims>): readonly Judgment[] {
  const order = orderOfScope(row.scope);
  if (order === null || !order.isValid(row.version)) return [];
  const version = sourceVersionOf(row);
  return judge(version, speakingClaims({ version, order }, claims), order).filter(isFinding);
}

function tooMany(): Refusal {
  return new Refusal('bad-request', 'On that day the fleet had too many different versions to judge them all anew.', {
    details: [{ path: 'query.at', problem: `name a source package; ${VERSIONS_MAX} versions are judged at most` }],
  });
}

/** The versions that count on a kind of hosts: of kernels what ran, and what was replaced and still ran. */
function keptBy(
  { packageSet, runningSource, sharesKernel, lingering }: HostKind,
  places: Awaited<ReturnType<typeof readPlacesOf>>,
  kernels: ReadonlySet<number>,
): readonly number[] {
  const installed = (places.get(packageSet) ?? []).filter(({ version, hasImage }) => {
    const isRunning = runningSource === null ? null : runningSource === version;
    return !kernels.has(version) || runsAsKernel({ sharesKernel, isRunning, hasImage });
  });
  return [...installed.map(({ version }) => version), ...lingering];
}

/** An asset counts once, however many versions of a source it has. */
async function tally(
  { kinds }: Pick<Fleet, 'kinds'>,
  versionsOf: (kind: HostKind) => readonly number[],
  found: ReadonlyMap<number, readonly Found[]>,
): Promise<Tallied[]> {
  const tallied = new Map<string, Tallied>();
  for (const [place, { kind, assets }] of kinds.counted().entries()) {
    if (place % KINDS_AT_ONCE_MAX === KINDS_AT_ONCE_MAX - 1) await setImmediate();
    const here = new Map<string, Found>();
    for (const version of versionsOf(kind)) {
      for (const one of found.get(version) ?? []) {
        here.set(`${one.judgment.vulnerability} ${one.source} ${one.scope}`, one);
      }
    }
    for (const [key, one] of here) {
      const known = tallied.get(key);
      if (known === undefined) tallied.set(key, { ...one, assets });
      else known.assets += assets;
    }
  }
  return [...tallied.values()];
}

function notJudged({ kinds }: Pick<Fleet, 'kinds'>, past: FleetPast): number {
  return kinds
    .counted()
    .reduce((sum, { kind, assets }) => (past.sets.get(kind.packageSet)?.isJudged === true ? sum : sum + assets), 0);
}

async function bodiesOf(db: Db, rows: readonly Tallied[], at: Instant): Promise<FleetFinding[]> {
  const known = await readKnowledgeOf(db, [...new Set(rows.map(({ judgment }) => judgment.vulnerability))]);
  return rows.flatMap(({ judgment, source, scope, assets }) => {
    const knowledge = known.get(judgment.vulnerability);
    if (knowledge === undefined) return [];
    return [
      {
        ...{ vulnerability: judgment.vulnerability, source, scope, assets, fixed: judgment.fixed },
        // What was offered then is not kept.
        ...{ fix: null, offeredOn: null },
        advisory: judgment.winner.advisory,
        // By the labels and the policy of that day, which are not kept.
        ...{ lane: null, due: null, late: false },
        intelligence: intelligenceBody(knownThen(knownOf(knowledge), at)),
      },
    ];
  });
}

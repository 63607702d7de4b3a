import { setImmediate } from 'node:timers/promises';
import type { Policy } from '@patchsteward/core/policy';
import type { Db, Tx } from '../platform/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { AssetView } from './asset-view.ts';
import {
  readViewAssessments,
  readViewAssets,
  readViewChanges,
  readViewCheckIns,
  readViewMark,
  readViewOfferSets,
  readViewPackageSets,
  type ViewMark,
} from './asset-view-store.ts';

/** Beyond, everything is read anew: it comes in pages between which others get their turn. */
const CHANGES_MAX = 20_000;
/** Rows or sets read at once: some tens of milliseconds of work. */
const PAGE_ROWS = 5_000;

/** Gives the view as of now: with everything that was committed before it was asked for. */
export interface AssetViews {
  readonly current: () => Promise<AssetView>;
}

/**
 * One view for one server. Who asks while the database is being read waits for the next reading, and shares it with all
 * who came meanwhile: what a reading under way did not see yet, they may have written.
 */
export function openAssetViews(db: Db, { endOfLife }: Pick<Policy, 'endOfLife'>): AssetViews {
  const open = () => new AssetView(endOfLife.warnMs);
  let seen: Seen | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<AssetView> | undefined;

  const read = async (before: Promise<unknown>): Promise<AssetView> => {
    // How the reading before ended is told to those who waited for it.
    await before.catch(() => undefined);
    next = undefined;
    const reading = refreshed(db, open, seen);
    running = reading;
    seen = undefined;
    // A reading that fails may have been told a part: what it leaves is not used.
    seen = await reading;
    return seen.view;
  };
  return {
    current: () => {
      next ??= read(running);
      return next;
    },
  };
}

interface Seen {
  readonly view: AssetView;
  readonly mark: ViewMark;
}

async function refreshed(db: Db, open: () => AssetView, seen: Seen | undefined): Promise<Seen> {
  if (seen === undefined) return readAll(db, open);
  const { view, mark } = seen;
  const { packageSets, feeds, lifecycles, ...changes } = await readViewChanges(db, mark, CHANGES_MAX);
  const { assets, checkIns, assessments, snapshot, removal } = changes;
  const longest = Math.max(assets.length, checkIns.length, assessments.length, packageSets.length);
  if (longest === CHANGES_MAX || removal !== mark.removal || view.isOvergrown) return readAll(db, open);
  const unknown = view.unknownSets(checkIns);
  // They may be newer than the rest; then the next reading tells of them once more.
  const sets = unknown.packageSets.length === 0 ? [] : await readViewPackageSets(db, unknown.packageSets);
  const offerSets = unknown.offerSets.length === 0 ? [] : await readViewOfferSets(db, unknown.offerSets);
  view.tellPackageSets([...packageSets.filter(({ id }) => view.packageSet(id) !== undefined), ...sets]);
  view.tellFeeds(feeds);
  view.tellLifecycles(lifecycles);
  view.tell({ assets, checkIns, assessments, offerSets });
  return { view, mark: { snapshot, removal } };
}

/** All of it in one state of the database, in pages. */
function readAll(db: Db, open: () => AssetView): Promise<Seen> {
  return inTransaction(
    db,
    async (tx) => {
      const view = open();
      const { feeds, lifecycles, ...mark } = await readViewMark(tx);
      view.tellFeeds(feeds);
      view.tellLifecycles(lifecycles);
      for await (const assets of pages(readViewAssets, tx, ({ id }) => id)) view.tell({ assets });
      for await (const checkIns of pages(readViewCheckIns, tx, ({ assetId }) => assetId)) {
        const { packageSets, offerSets } = view.unknownSets(checkIns);
        view.tellPackageSets(await readViewPackageSets(tx, packageSets));
        view.tell({ checkIns, offerSets: await readViewOfferSets(tx, offerSets) });
      }
      for await (const assessments of pages(readViewAssessments, tx, ({ assetId }) => assetId)) {
        view.tell({ assessments });
      }
      return { view, mark };
    },
    'repeatable read',
  );
}

async function* pages<Row>(
  read: (tx: Tx, after: string | null, limit: number) => Promise<readonly Row[]>,
  tx: Tx,
  idOf: (row: Row) => string,
): AsyncGenerator<readonly Row[]> {
  for (let after: string | null = null; ; ) {
    const page: readonly Row[] = await read(tx, after, PAGE_ROWS);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ROWS) return;
    after = idOf(last);
    await setImmediate();
  }
}

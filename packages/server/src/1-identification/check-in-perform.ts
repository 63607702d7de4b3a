import { runningKernelOf, scopeOfRelease } from '@patchsteward/core/1-identification';
import { SECTION_NAMES, type SectionName } from '@patchsteward/core/vocabulary';
import type { Actor, Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { lockAsset } from './asset-store.ts';
import { decideCheckIn } from './check-in.ts';
import {
  type CheckInFacts,
  type MeantReport,
  readFormerCheckIn,
  readMeant,
  touchCheckIn,
  writeCheckIn,
} from './check-in-store.ts';
import { judgeOnArrival } from './judging.ts';
import { whatLingers } from './lingering.ts';
import { listingsOf, offersOf } from './offer-set.ts';
import { ensureOfferSet, keepEarliestListings } from './offer-set-store.ts';
import { findSections, readStoredSection } from './section-store.ts';

/** Sections that the server lacks; none: the check-in is committed. */
export type Missing = readonly SectionName[];

export async function checkIn(
  { db, corridor }: { readonly db: Db; readonly corridor: Corridor },
  facts: CheckInFacts,
  /** Who says it: the agent of the host, or the server where a list or a bill does. */
  actor: Actor = `agent:${facts.assetId}`,
): Promise<Missing> {
  if (await touchCheckIn(db, facts)) return [];

  const there = await findSections(db, facts.sections);
  const missing = SECTION_NAMES.filter((name) => !there.has(name));
  if (missing.length > 0) return missing;

  const meant = await readMeant(db, facts);
  const { packageSet, system } = meant;
  const offerSetId = await offerSetOf(db, facts, meant);
  await corridor.change({ actor, at: facts.at }, async (tx) => {
    await lockAsset(tx, facts.assetId);
    const former = await readFormerCheckIn(tx, facts.assetId);
    const before = former?.sections;
    const { rebootNeeded, container: sharesKernel } = system;
    const runningKernel = runningKernelOf(system);
    await writeCheckIn(tx, {
      ...{ ...facts, packageSetId: packageSet.id, offerSetId },
      ...{ rebootNeeded, runningKernel, sharesKernel },
      ...(await whatLingers(tx, former, { packageSetId: packageSet.id, system })),
    });
    const { assetId, at } = facts;
    const isToJudge = packageSet.countNeeded && before?.packages !== facts.sections.packages;
    const arrival = isToJudge ? await judgeOnArrival(tx, { assetId, packageSetId: packageSet.id, at }) : undefined;
    const countNeeded = packageSet.countNeeded && arrival?.isJudged !== true;
    const changed = decideCheckIn({
      ...{ assetId, before, now: facts.sections },
      packageSet: { id: packageSet.id, countNeeded },
    });
    return { value: undefined, ...changed, wishes: [...(changed.wishes ?? []), ...(arrival?.wishes ?? [])] };
  });
  return [];
}

/** Before the transaction of the check-in: content, made once for all hosts that are offered the same. */
async function offerSetOf(db: Db, facts: CheckInFacts, meant: MeantReport): Promise<number> {
  const { packageSet, offerSets, isOfferedAsBefore } = meant;
  const scope = scopeOfRelease(packageSet.release);
  const known = offerSets.get(scope);
  // What these indexes list was kept then.
  if (known !== undefined && isOfferedAsBefore) return known;
  const origins = await readStoredSection(db, 'origins', facts.sections.origins);
  const updates = await readStoredSection(db, 'updates', facts.sections.updates);
  if (scope !== null) await keepEarliestListings(db, scope, listingsOf(updates, origins, scope), facts.at);
  if (known !== undefined) return known;
  return ensureOfferSet(db, {
    hash: facts.sections.updates,
    scope,
    updates: updates.unanswered === null ? updates.updates.length : null,
    offers: offersOf(updates, origins, packageSet),
  });
}

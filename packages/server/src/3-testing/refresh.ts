import type { Hash, Instant, ReasonCode } from '@patchsteward/core/vocabulary';
import { timelyFault } from '@patchsteward/standards/apt-repository';
import type { PackageOrigin } from '../connectors/package-origin.ts';
import type { Actor, Changed, Corridor, NewLeaf } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { enterArtifacts } from './artifact-store.ts';
import type { ByteStore } from './byte-store.ts';
import { type FetchedIndex, fetchIndex } from './index-fetch.ts';
import { namesOfInterest, storeLookedUp } from './listing-store.ts';
import { OriginRefusal, originName } from './origin.ts';
import { lockOrigin, type OriginRow, putInForce, readOrigin, readSnapshot, storeProblem } from './origin-store.ts';
import { nextRefresh } from './refresh-schedule.ts';
import { wishesToVerifyAgain } from './verification-store.ts';

export interface RefreshTools {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly clock: () => Instant;
  /** 0 to 1. */
  readonly dice: () => number;
  readonly store: ByteStore;
  readonly packageOrigin: PackageOrigin;
}

/** `gone`: the origin was removed meanwhile. */
export type Refreshed =
  | { readonly kind: 'verified'; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly code: ReasonCode; readonly detail: string }
  | { readonly kind: 'gone' };

/**
 * Fetches the index of an origin, verifies it, and puts it into force. What is refused leaves the index in force as it
 * was; only what is fetched for it may lie in the byte store, where nothing points to it. // SOP checklist c8
 */
export async function refreshOrigin(
  tools: RefreshTools,
  id: string,
  actor: Actor,
  signal: AbortSignal,
): Promise<Refreshed> {
  const origin = await readOrigin(tools.db, id);
  if (origin === undefined) return { kind: 'gone' };
  const at = tools.clock();
  const by = { actor, at };
  try {
    const inForce = origin.snapshotId === null ? undefined : await readSnapshot(tools.db, origin.snapshotId);
    const indexes = inForce?.indexes.map(({ hash }) => hash) ?? [];
    const known = { indexes, names: await namesOfInterest(tools.db, indexes) };
    const fetched = await fetchIndex({ ...tools, signal }, origin, known, at);
    return await tools.corridor.change(by, (tx) => believe(tx, tools, id, fetched, at));
  } catch (error) {
    if (!(error instanceof OriginRefusal)) throw error;
    return tools.corridor.change(by, (tx) => refuse(tx, tools, id, error, at));
  }
}

async function believe(
  tx: Tx,
  tools: RefreshTools,
  id: string,
  fetched: FetchedIndex,
  at: Instant,
): Promise<Changed<Refreshed>> {
  const origin = await lockOrigin(tx, id);
  if (origin === undefined) return { value: { kind: 'gone' } };
  // Another refresh may have put a newer one into force while this one was on its way.
  const late = timelyFault(fetched.release, fetched.signedHash, origin.seen, at);
  if (late !== null)
    return refuse(tx, tools, id, new OriginRefusal(late, `${originName(origin)} moved on meanwhile.`), at);
  const { release, releaseFile, signedHash, signedBy, indexes, lookedUp } = fetched;
  const { date, validUntil, publisher, suite, codename } = release;
  const snapshot = {
    ...{ id: newId(at), originId: id, releaseHash: releaseFile.hash, signedHash, signedBy, fetchedAt: at },
    ...{ date, validUntil, publisher, suite, codename },
  };
  await enterArtifacts(
    tx,
    [
      { ...releaseFile, kind: 'release' as const, package: null },
      ...indexes.map(({ hash, sizeBytes }) => ({ hash, sizeBytes, kind: 'index' as const, package: null })),
    ],
    at,
  );
  const inForce = await putInForce(tx, snapshot, indexes, at);
  for (const found of lookedUp) await storeLookedUp(tx, found);
  const changed = inForce !== origin.snapshotId;
  return {
    value: { kind: 'verified', changed },
    timers: [nextRefresh(id, 0, at, tools.dice())],
    // What waited for an index, or failed for want of one, is looked at again; and what a new index contradicts.
    wishes: changed || origin.problem !== null ? await wishesToVerifyAgain(tx) : [],
    leaves: changed ? [verifiedLeaf(origin, releaseFile.hash, fetched)] : [],
  };
}

async function refuse(
  tx: Tx,
  tools: RefreshTools,
  id: string,
  { code, message: detail }: OriginRefusal,
  at: Instant,
): Promise<Changed<Refreshed>> {
  const origin = await lockOrigin(tx, id);
  if (origin === undefined) return { value: { kind: 'gone' } };
  const failures = origin.failures + 1;
  await storeProblem(tx, id, { code, detail, failures }, at);
  const news = origin.problem?.code !== code;
  return {
    value: { kind: 'refused', code, detail },
    timers: [nextRefresh(id, failures, at, tools.dice())],
    leaves: news ? [{ kind: 'index.refused', subject: id, payload: { origin: originName(origin), code, detail } }] : [],
  };
}

function verifiedLeaf(origin: OriginRow, release: Hash, { release: said, signedBy, indexes }: FetchedIndex): NewLeaf {
  return {
    kind: 'index.verified',
    subject: origin.id,
    payload: {
      origin: originName(origin),
      release,
      signedBy,
      date: new Date(said.date).toISOString(),
      validUntil: said.validUntil === null ? null : new Date(said.validUntil).toISOString(),
      indexes: indexes.map(({ path, hash }) => ({ path, hash })),
    },
  };
}

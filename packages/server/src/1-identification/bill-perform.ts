import type { BillBody, BillRequest } from '@patchsteward/contract';
import type { PackageSet } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { plainJson } from '../platform/column-types.ts';
import type { Corridor, GrantedWish } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { type By, noSuchAsset } from './asset-perform.ts';
import { readBill, shownRefused } from './bill.ts';
import { endBill, listBills, putBill, readBillsNow } from './bill-store.ts';
import { checkIn } from './check-in-perform.ts';
import { componentSet, componentsName, productComponent } from './component-set.ts';
import { componentsWish } from './components-wish.ts';
import { REJUDGE_WISH } from './judging.ts';
import { readPackageSet } from './package-set-store.ts';
import { placeAsset } from './product-support-store.ts';
import { storeSection } from './section-perform.ts';
import { readStoredSection } from './section-store.ts';
import { readTargets } from './target-store.ts';

export interface BillParts {
  readonly db: Db;
  readonly corridor: Corridor;
}

/** Keeps a bill of materials of an asset; the former of this name becomes its history. // SOP P1.2 */
export async function addBill(parts: BillParts, assetId: string, request: BillRequest, by: By): Promise<BillBody> {
  const { db, corridor } = parts;
  const { name, kind, digest, text } = request;
  await requireWithoutAgent(db, assetId);
  const { components, refused, form, tool } = readBill(request);
  const set = componentSet(name, components);
  const { id: packageSetId } = await readPackageSet(db, await storePackages(db, set, by));
  const id = newId(by.at);
  const fileHash = sha256(new TextEncoder().encode(text));
  await corridor.change(by, async (tx) => {
    const target = (await readTargets(tx, [assetId], true)).get(assetId);
    if (target === undefined || target.removed) throw noSuchAsset(assetId);
    const bill = { id, assetId, name, kind, digest, packageSetId, fileHash, form, tool };
    const counts = { packages: set.packages.length, refused: shownRefused(refused), refusedTotal: refused.length };
    const before = await putBill(tx, { ...bill, ...counts, actor: by.actor, at: by.at });
    const payload = { bill: id, name, kind, digest, file: fileHash, form, tool, before, packages: counts.packages };
    return {
      value: undefined,
      leaves: [{ kind: 'bill.added', subject: assetId, payload }],
      wishes: [componentsWish(assetId)],
    };
  });
  const kept = (await listBills(db, assetId, LISTED_MAX)).find((bill) => bill.id === id);
  if (kept === undefined) throw new TypeError(`a bill that was just kept is not there: ${id}`);
  return kept;
}

/** More than an asset has of them in years. */
export const LISTED_MAX = 100;

/** A host says by itself what is installed; what else runs on it is an asset of its own. */
async function requireWithoutAgent(db: Db, assetId: string): Promise<void> {
  const target = (await readTargets(db, [assetId], false)).get(assetId);
  if (target === undefined || target.removed) throw noSuchAsset(assetId);
  if (target.origin !== 'agent') return;
  throw new Refusal(
    'conflict',
    `${target.name} has an agent that says what is installed. Import the application as an asset of its own, and give it the bill.`,
  );
}

export async function removeBill({ corridor }: BillParts, assetId: string, name: string, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    const file = await endBill(tx, assetId, name, by.at);
    if (file === null) throw new Refusal('not-found', `The asset ${assetId} has no bill of materials ${name}.`);
    return {
      value: undefined,
      leaves: [{ kind: 'bill.ended', subject: assetId, payload: { name, file } }],
      wishes: [componentsWish(assetId)],
    };
  });
}

async function storePackages(db: Db, set: PackageSet, { at }: Pick<By, 'at'>): Promise<string> {
  return storeText(db, 'packages', plainJson(set), at);
}

async function storeText(
  db: Db,
  name: 'packages' | 'updates' | 'origins' | 'system',
  value: Parameters<typeof canonicalJson>[0],
  at: number,
): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  const hash = sha256(bytes);
  await storeSection(db, { name, hash, bytes, at });
  return hash;
}

/**
 * Puts the product and the bills of an asset together, as if it had reported them: from there on it is judged, counted
 * and assessed as every other. Done twice it is done once.
 */
export async function reportComponents({ db, corridor }: BillParts, { key: assetId, at }: GrantedWish): Promise<void> {
  const target = (await readTargets(db, [assetId], false)).get(assetId);
  if (target === undefined || target.removed || target.origin === 'agent') return;
  await corridor.change({ actor: 'system', at }, async (tx) => {
    const isMoved = await placeAsset(tx, assetId, target);
    return { value: undefined, wishes: isMoved ? [REJUDGE_WISH] : [] };
  });
  const bills = await readBillsNow(db, assetId);
  const product = productComponent(target);
  const ofBills = await Promise.all(bills.map(({ hash }) => readStoredSection(db, 'packages', hash)));
  const named = componentsName(
    target,
    bills.map(({ name }) => name),
  );
  const own = componentSet(named === '' ? target.name : named, product === null ? [] : [product]);
  const set: PackageSet = { ...own, packages: mergedPackages([own, ...ofBills]) };
  if (set.packages.length === 0 && bills.length === 0 && !(await hasReported(db, assetId))) return;
  const sections = {
    packages: await storePackages(db, set, { at }),
    updates: await storeText(db, 'updates', { updates: [], unanswered: NO_PACKAGE_MANAGER }, at),
    origins: await storeText(db, 'origins', { origins: [] }, at),
    system: await storeText(db, 'system', NO_SYSTEM, at),
  };
  const facts = { assetId, at, bootId: null, agentVersion: NO_AGENT, sections };
  const missing = await checkIn({ db, corridor }, facts, 'system');
  if (missing.length > 0) throw new TypeError(`sections that were just kept are not there: ${missing.join(', ')}`);
}

const NO_PACKAGE_MANAGER = 'it has no agent';
const NO_AGENT = 'none';
/** A host says more; of what has no agent nobody knows any of it, and the page of the asset shows none of it. */
const NO_SYSTEM = {
  ...{ hostname: 'unknown', machineId: null, architecture: 'unknown', bootId: null, bootedAt: null },
  ...{ runningKernel: '', installedKernels: [], container: false, rebootNeeded: false, rebootReasons: [] },
  ...{ restartNeeded: null, agentVersion: NO_AGENT },
};

async function hasReported(db: Db, assetId: string): Promise<boolean> {
  const row = await db
    .selectFrom('identification.check_in')
    .select('asset_id')
    .where('asset_id', '=', assetId)
    .executeTakeFirst();
  return row !== undefined;
}

function mergedPackages(sets: readonly PackageSet[]): PackageSet['packages'] {
  const all = sets.flatMap(({ packages }) => packages);
  const distinct = new Map(all.map((one) => [canonicalJson(plainJson(one)), one]));
  return [...distinct].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

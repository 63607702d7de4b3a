import { claimScope } from '@patchsteward/core/1-identification';
import { listOf, objectOf, textOf } from './json-values.ts';
import { type BillEntry, ENTRIES_MAX, type PackageList } from './package-list.ts';
import { packageListOf } from './package-list-of.ts';
import { isSystemPurl } from './purl-component.ts';
import type { Relations } from './relations.ts';

/** Purposes of packages that are no packages. // SPDX 2.3 §7.24 */
const NO_PACKAGES = new Set(['CONTAINER', 'FILE', 'OPERATING-SYSTEM', 'DEVICE', 'FIRMWARE', 'ARCHIVE', 'SOURCE']);

/** How scanners say in SPDX, which has no word for it, that one package owns the files of another. */
const OWNERSHIP = /^ownership-by-file-overlap\b/;

type Item = Readonly<Record<string, unknown>>;

export function isSpdx(document: unknown): boolean {
  return textOf(objectOf(document)?.['spdxVersion'])?.startsWith('SPDX-2.') ?? false;
}

/** Reads SPDX 2.2 and 2.3, as JSON has it. A text where the document cannot be used as a whole. // ISO/IEC 5962 */
export function readSpdx(document: unknown, release: string | null): PackageList | string {
  const bill = objectOf(document);
  const items = listOf(bill?.['packages'])
    .map(objectOf)
    .filter((item) => item !== null);
  if (items.length > ENTRIES_MAX) return `it lists more than ${ENTRIES_MAX} packages`;
  const relations = listOf(bill?.['relationships']).map(relationOf);
  const owners = ownersIn(items, relations);
  const described = describedBy(bill, relations);
  const own = items.map(releaseOf).find((scope) => scope !== null);
  const entries = items
    .filter((item) => purlOf(item) !== null || !isNoPackage(item, described))
    .map((item) => entryOf(item, owners));
  return packageListOf(entries, own ?? release, namedBy(bill, items, described, relations));
}

interface Relation {
  readonly type: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly comment: string;
}

function relationOf(value: unknown): Relation {
  const item = objectOf(value);
  return {
    type: textOf(item?.['relationshipType']) ?? '',
    from: textOf(item?.['spdxElementId']),
    to: textOf(item?.['relatedSpdxElement']),
    comment: textOf(item?.['comment']) ?? '',
  };
}

/** What the document is about, by the list of SPDX 2.2 or the relations of 2.3. // SPDX 2.3 §11.1 */
function describedBy(bill: Item | null, relations: readonly Relation[]): ReadonlySet<string | null> {
  const told = relations.filter(({ type }) => type === 'DESCRIBES').map(({ to }) => to);
  const backwards = relations.filter(({ type }) => type === 'DESCRIBED_BY').map(({ from }) => from);
  return new Set([...listOf(bill?.['documentDescribes']).map(textOf), ...told, ...backwards]);
}

/** Relations that say that a package is in the bill. // SPDX 2.3 §11.1 */
const IN_THE_BILL = new Set(['DESCRIBES', 'DESCRIBED_BY', 'CONTAINS', 'CONTAINED_BY', 'DEPENDS_ON', 'DEPENDENCY_OF']);

function namedBy(
  bill: Item | null,
  items: readonly Item[],
  described: ReadonlySet<string | null>,
  relations: readonly Relation[],
): Relations {
  const others = [...listOf(bill?.['files']), ...listOf(bill?.['snippets'])].map(objectOf);
  const named = relations
    .filter(({ type, comment }) => IN_THE_BILL.has(type) || OWNERSHIP.test(comment))
    .flatMap(({ from, to }) => [from, to]);
  return {
    named: [...described, ...named].filter((id) => id !== null).filter((id) => !ELSEWHERE.test(id)),
    listed: new Set(['SPDXRef-DOCUMENT', ...[bill, ...items, ...others].map((item) => textOf(item?.['SPDXID']))]),
  };
}

/** Of another document, or said to be nothing. // SPDX 2.3 §11.1.2 */
const ELSEWHERE = /^(?:DocumentRef-|NONE$|NOASSERTION$)/;

function isNoPackage(item: Item, described: ReadonlySet<string | null>): boolean {
  // What a document is about is the image; one that is about several things may just as well name its packages.
  const isSubject = described.size === 1 && described.has(textOf(item['SPDXID']));
  return isSubject || NO_PACKAGES.has(String(item['primaryPackagePurpose']));
}

function entryOf(item: Item, owners: ReadonlyMap<string, string>): BillEntry {
  return {
    purl: purlOf(item),
    name: textOf(item['name']) ?? 'a package without a name',
    version: versionOf(item),
    properties: new Map(),
    owner: owners.get(textOf(item['SPDXID']) ?? '') ?? null,
  };
}

/** Who knows no version may say so in a word. // SPDX 2.3 §3 */
function versionOf(item: Item): string | null {
  const version = textOf(item['versionInfo']);
  return version === 'NOASSERTION' || version === 'NONE' ? null : version;
}

function purlOf(item: Item): string | null {
  const refs = listOf(item['externalRefs']).map(objectOf);
  return textOf(refs.find((ref) => ref?.['referenceType'] === 'purl')?.['referenceLocator']);
}

/** By the id of the owned: the name of the package of the distribution that owns it. */
function ownersIn(items: readonly Item[], relations: readonly Relation[]): Map<string, string> {
  const system = new Map(
    items.filter((item) => isSystemPurl(purlOf(item))).map((item) => [textOf(item['SPDXID']), textOf(item['name'])]),
  );
  const owners = new Map<string, string>();
  for (const { from, to, comment } of relations) {
    const owner = system.get(from);
    if (OWNERSHIP.test(comment) && to !== null && owner != null) owners.set(to, owner);
  }
  return owners;
}

function releaseOf(item: Item): string | null {
  const name = textOf(item['name']);
  if (item['primaryPackagePurpose'] !== 'OPERATING-SYSTEM' || name === null) return null;
  return claimScope(name, versionOf(item));
}

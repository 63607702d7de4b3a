import { claimScope } from '@patchsteward/core/1-identification';
import { listOf, objectOf, textOf } from './json-values.ts';
import { type BillEntry, ENTRIES_MAX, type PackageList } from './package-list.ts';
import { packageListOf } from './package-list-of.ts';
import { isSystemPurl } from './purl-component.ts';

/** Purposes of packages that are no packages. // SPDX 2.3 §7.24 */
const NO_PACKAGES = new Set(['CONTAINER', 'FILE', 'OPERATING-SYSTEM', 'DEVICE', 'FIRMWARE', 'ARCHIVE', 'SOURCE']);

/** How scanners say in SPDX, which has no word for it, that one package owns the files of another. */
const OWNERSHIP = /^ownership-by-file-overlap\b/;

type Item = Readonly<Record<string, unknown>>;

export function isSpdx(document: unknown): boolean {
  return textOf(objectOf(document)?.['spdxVersion'])?.startsWith('SPDX-2.') ?? false;
}

/** Reads SPDX JSON 2.2 and 2.3. A text where the document cannot be used as a whole. // ISO/IEC 5962 */
export function readSpdx(document: unknown, release: string | null): PackageList | string {
  const bill = objectOf(document);
  const items = listOf(bill?.['packages'])
    .map(objectOf)
    .filter((item) => item !== null);
  if (items.length > ENTRIES_MAX) return `it lists more than ${ENTRIES_MAX} packages`;
  const owners = ownersIn(items, bill?.['relationships']);
  const described = new Set(listOf(bill?.['documentDescribes']).map(textOf));
  const own = items.map(releaseOf).find((scope) => scope !== null);
  const entries = items
    .filter((item) => purlOf(item) !== null || !isNoPackage(item, described))
    .map((item) => entryOf(item, owners));
  return packageListOf(entries, own ?? release);
}

function isNoPackage(item: Item, described: ReadonlySet<string | null>): boolean {
  return NO_PACKAGES.has(String(item['primaryPackagePurpose'])) || described.has(textOf(item['SPDXID']));
}

function entryOf(item: Item, owners: ReadonlyMap<string, string>): BillEntry {
  return {
    purl: purlOf(item),
    name: textOf(item['name']) ?? 'a package without a name',
    version: textOf(item['versionInfo']),
    properties: new Map(),
    owner: owners.get(textOf(item['SPDXID']) ?? '') ?? null,
  };
}

function purlOf(item: Item): string | null {
  const refs = listOf(item['externalRefs']).map(objectOf);
  return textOf(refs.find((ref) => ref?.['referenceType'] === 'purl')?.['referenceLocator']);
}

/** By the id of the owned: the name of the package of the distribution that owns it. */
function ownersIn(items: readonly Item[], relationships: unknown): Map<string, string> {
  const system = new Map(
    items.filter((item) => isSystemPurl(purlOf(item))).map((item) => [textOf(item['SPDXID']), textOf(item['name'])]),
  );
  const owners = new Map<string, string>();
  for (const relationship of listOf(relationships).map(objectOf)) {
    const owned = textOf(relationship?.['relatedSpdxElement']);
    const owner = system.get(textOf(relationship?.['spdxElementId']));
    const says = OWNERSHIP.test(textOf(relationship?.['comment']) ?? '');
    if (says && owned !== null && owner != null) owners.set(owned, owner);
  }
  return owners;
}

function releaseOf(item: Item): string | null {
  const name = textOf(item['name']);
  if (item['primaryPackagePurpose'] !== 'OPERATING-SYSTEM' || name === null) return null;
  return claimScope(name, textOf(item['versionInfo']));
}

import { claimScope } from '@patchsteward/core/1-identification';
import { listOf, objectOf, textOf } from './json-values.ts';
import { type BillEntry, ENTRIES_MAX, type PackageList } from './package-list.ts';
import { packageListOf } from './package-list-of.ts';
import type { Relations } from './relations.ts';

/** Kinds of components that are no packages: what they hold is listed beside them. // CycloneDX component.type */
const NO_PACKAGES = new Set([
  'file',
  'operating-system',
  'container',
  'device',
  'firmware',
  'cryptographic-asset',
  'data',
]);

export function isCycloneDx(document: unknown): boolean {
  return objectOf(document)?.['bomFormat'] === 'CycloneDX';
}

/** Reads CycloneDX 1.2 to 1.7, as JSON has it. A text where the document cannot be used as a whole. // ECMA-424 */
export function readCycloneDx(document: unknown, release: string | null): PackageList | string {
  const bill = objectOf(document);
  // What the bill is about counts where it is a package; an image or a folder has no purl that we know.
  const subject = itemsOf([objectOf(bill?.['metadata'])?.['component']]);
  const items = itemsOf(bill?.['components']);
  if (items.length > ENTRIES_MAX) return `it lists more than ${ENTRIES_MAX} components`;
  const own = [...items, ...subject].map(releaseOf).find((scope) => scope !== null);
  const packages = [...subject.filter((item) => textOf(item['purl']) !== null), ...items];
  const entries = packages.filter((item) => !NO_PACKAGES.has(String(item['type']))).map(entryOf);
  return packageListOf(entries, own ?? release, relationsOf(bill, [...items, ...subject]));
}

/** What depends on what, by the references of components and services; some tools refer by purl. // CycloneDX dependencies */
function relationsOf(bill: Item | null, items: readonly Item[]): Relations {
  const named = listOf(bill?.['dependencies'])
    .map(objectOf)
    .flatMap((dependency) => [dependency?.['ref'], ...listOf(dependency?.['dependsOn'])].map(textOf))
    .filter((id) => id !== null)
    // Of another bill.
    .filter((id) => !id.startsWith('urn:cdx:'));
  const services = servicesOf(bill?.['services']);
  const listed = [...items, ...services].flatMap((item) => [textOf(item['bom-ref']), textOf(item['purl'])]);
  return { named, listed: new Set(listed) };
}

function servicesOf(value: unknown): Item[] {
  return listOf(value).flatMap((item) => {
    const found = objectOf(item);
    return found === null ? [] : [found, ...servicesOf(found['services'])];
  });
}

type Item = Readonly<Record<string, unknown>>;

/** Components, and those inside them; the depth is bounded by that of the document. */
function itemsOf(value: unknown): Item[] {
  return listOf(value).flatMap((item) => {
    const found = objectOf(item);
    return found === null ? [] : [found, ...itemsOf(found['components'])];
  });
}

function releaseOf(item: Item): string | null {
  const name = textOf(item['name']);
  return item['type'] === 'operating-system' && name !== null ? claimScope(name, textOf(item['version'])) : null;
}

function entryOf(item: Item): BillEntry {
  const properties = new Map<string, string>();
  for (const property of listOf(item['properties']).map(objectOf)) {
    const name = textOf(property?.['name']);
    const value = textOf(property?.['value']);
    if (name !== null && value !== null) properties.set(name, value);
  }
  const name = textOf(item['name']) ?? 'a component without a name';
  return { purl: textOf(item['purl']), name, version: textOf(item['version']), properties, owner: null };
}

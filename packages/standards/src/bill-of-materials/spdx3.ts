import { listOf, objectOf, textOf } from './json-values.ts';

/** The one context that documents of the standard have; another may rename whatever it likes. // SPDX 3.0.1, Annex on JSON-LD */
const CONTEXT = /^https:\/\/spdx\.org\/rdf\/3\.\d{1,2}\.\d{1,2}\/spdx-context\.jsonld$/;

/** Packages of any kind: of software, and of models and data sets, which say by a purl what they are, or are told as unknown. */
const PACKAGES = new Set(['software_Package', 'ai_AIPackage', 'dataset_DatasetPackage']);

/** As SPDX 2 calls the relations that are of use here. */
const RELATIONSHIPS = new Map([
  ['describes', 'DESCRIBES'],
  ['contains', 'CONTAINS'],
  ['dependsOn', 'DEPENDS_ON'],
  ['other', 'OTHER'],
]);

type Item = Readonly<Record<string, unknown>>;

export function isSpdx3(document: unknown): boolean {
  return CONTEXT.test(textOf(objectOf(document)?.['@context']) ?? '');
}

/** SPDX 3.0 in JSON-LD as the document that SPDX 2 would have been. // SPDX 3.0.1 */
export function spdx2Of(document: unknown): unknown {
  const graph = itemsOf(objectOf(document)?.['@graph'] ?? [document]);
  const collections = graph.filter(isCollection);
  return {
    spdxVersion: 'SPDX-2.3',
    documentDescribes: rootsOf(collections),
    creationInfo: { creators: toolsOf(graph).map((name) => `Tool: ${name}`) },
    packages: graph.filter((item) => PACKAGES.has(typeOf(item))).map(packageOf),
    // All else that has an id, so that nobody who is named looks absent.
    files: [...graph.filter((item) => !PACKAGES.has(typeOf(item))).map(idOf), ...importedBy(graph)].map((SPDXID) => ({
      SPDXID,
    })),
    relationships: [...collections.flatMap(contentOf), ...graph.flatMap(relationshipsOf)],
  };
}

function itemsOf(value: unknown): Item[] {
  return listOf(value)
    .map(objectOf)
    .filter((item) => item !== null);
}

function typeOf(item: Item): string {
  return textOf(item['type']) ?? textOf(item['@type']) ?? '';
}

/** An element stands as its id, or in full. */
function idOf(value: unknown): string | null {
  const item = objectOf(value);
  return textOf(value) ?? textOf(item?.['spdxId']) ?? textOf(item?.['@id']);
}

function isCollection(item: Item): boolean {
  return ['SpdxDocument', 'Bom', 'Bundle', 'software_Sbom'].includes(typeOf(item));
}

/** What it all is about. The document is about its bill of materials, which is about the image. */
function rootsOf(collections: readonly Item[]): (string | null)[] {
  const own = new Set(collections.map(idOf));
  const roots = collections.flatMap((item) => listOf(item['rootElement'])).map(idOf);
  return roots.filter((id) => !own.has(id));
}

function packageOf(item: Item): object {
  const stated = itemsOf(item['externalIdentifier']).find((id) => id['externalIdentifierType'] === 'packageUrl');
  const purl = textOf(item['software_packageUrl']) ?? textOf(stated?.['identifier']);
  return {
    SPDXID: idOf(item),
    name: item['name'],
    versionInfo: item['software_packageVersion'],
    primaryPackagePurpose: purposeOf(item),
    externalRefs: purl === null ? [] : [{ referenceType: 'purl', referenceLocator: purl }],
  };
}

/** `operatingSystem` is OPERATING-SYSTEM of SPDX 2. */
function purposeOf(item: Item): string | null {
  const purpose = textOf(item['software_primaryPurpose']);
  return purpose?.replaceAll(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase() ?? null;
}

/** What a collection says to be in it. */
function contentOf(item: Item): object[] {
  return listOf(item['element']).map((element) => ({
    spdxElementId: idOf(item),
    relationshipType: 'CONTAINS',
    relatedSpdxElement: idOf(element),
  }));
}

function relationshipsOf(item: Item): object[] {
  const relationshipType = RELATIONSHIPS.get(String(item['relationshipType']));
  if (relationshipType === undefined || !typeOf(item).endsWith('Relationship')) return [];
  const { comment } = item;
  return listOf(item['to']).map((to) => ({
    spdxElementId: idOf(item['from']),
    relationshipType,
    relatedSpdxElement: /\bNo(?:ne|Assertion)Element$/.test(idOf(to) ?? '') ? 'NONE' : idOf(to),
    comment,
  }));
}

/** Elements that the document names and another one has. // SPDX 3.0.1 ExternalMap */
function importedBy(graph: readonly Item[]): (string | null)[] {
  return graph.flatMap((item) => itemsOf(item['import'])).map((map) => textOf(map['externalSpdxId']));
}

function toolsOf(graph: readonly Item[]): string[] {
  const tools = graph.filter((item) => typeOf(item) === 'Tool');
  return tools.map(({ name }) => textOf(name)).filter((name) => name !== null);
}

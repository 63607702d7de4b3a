// One image in all the forms that a bill of materials has: a system, packages of it and of registries, and one entry of
// which nobody knows what it is.

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
}

const SYSTEM = { id: 'system', name: 'debian', version: '12' };
const IMAGE = { id: 'image', name: 'registry.example/shop' };
const ENTRIES: readonly Entry[] = [
  {
    id: 'libc',
    name: 'libc6',
    purl: 'pkg:deb/debian/libc6@2.36-9%2Bdeb12u8?arch=amd64&upstream=glibc&distro=debian-12',
  },
  { id: 'curl', name: 'curl', purl: 'pkg:deb/debian/curl@7.88.1-10' },
  { id: 'bind', name: 'bind-libs', purl: 'pkg:rpm/almalinux/bind-libs@9.16-1.el9?epoch=32&distro=almalinux-9.4' },
  { id: 'ssl', name: 'libssl3', purl: 'pkg:apk/alpine/libssl3@3.1.4-r5?upstream=openssl&distro=alpine-3.19.1' },
  { id: 'traverse', name: '@babel/traverse', purl: 'pkg:npm/%40babel/traverse@7.0.0' },
  { id: 'jsoup', name: 'jsoup', version: '1.11.3', purl: 'pkg:maven/org.jsoup/jsoup' },
  { id: 'django', name: 'Django', purl: 'pkg:pypi/django' },
  { id: 'mystery', name: 'a & b <c>', version: '1' },
];

const cycloneEntry = ({ id, ...members }: Entry) => ({ type: 'library', 'bom-ref': id, ...members });
const CYCLONEDX = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: {
    tools: { components: [{ type: 'application', name: 'maker', version: '1.2' }] },
    component: { type: 'container', 'bom-ref': IMAGE.id, name: IMAGE.name },
  },
  components: [{ type: 'operating-system', 'bom-ref': 'system', ...SYSTEM }, ...ENTRIES.map(cycloneEntry)],
  dependencies: [
    { ref: 'image', dependsOn: ['libc', 'curl'] },
    { ref: 'curl', dependsOn: ['libc'] },
    { ref: 'libc', dependsOn: ['curl'] },
  ],
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const element = (name: string, text: string | undefined) =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;
const xmlEntry = (type: string, { id, name, version, purl }: Entry) =>
  `<component type="${type}" bom-ref="${id}">${element('name', name)}${element('version', version)}
    <licenses><license><name>of the license</name></license></licenses>${element('purl', purl)}
    <pedigree><ancestors><component type="library"><name>ancestor</name></component></ancestors></pedigree></component>`;
const CYCLONEDX_XML = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
  <metadata><tools><components>${xmlEntry('application', { id: 'tool', name: 'maker', version: '1.2' })}</components></tools>
    ${xmlEntry('container', IMAGE)}</metadata>
  <components>${xmlEntry('operating-system', SYSTEM)}${ENTRIES.map((entry) => xmlEntry('library', entry)).join('')}</components>
  <dependencies><dependency ref="image"><dependency ref="libc"/><dependency ref="curl"/></dependency>
    <dependency ref="curl"><dependency ref="libc"/></dependency><dependency ref="libc"><dependency ref="curl"/></dependency>
  </dependencies>
</bom>`;

const RELATIONS = [
  ['DOCUMENT', 'DESCRIBES', 'image'],
  ['image', 'CONTAINS', 'libc'],
  ['curl', 'DEPENDS_ON', 'libc'],
  ['libc', 'DEPENDS_ON', 'curl'],
] as const;
const ref = (id: string) => `SPDXRef-${id}`;

const spdxEntry = ({ id, name, version, purl }: Entry) => ({
  SPDXID: ref(id),
  name,
  versionInfo: version ?? 'NOASSERTION',
  ...(id === 'system' ? { primaryPackagePurpose: 'OPERATING-SYSTEM' } : {}),
  externalRefs:
    purl === undefined ? [] : [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
});
const SPDX = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  SPDXID: ref('DOCUMENT'),
  creationInfo: { creators: ['Organization: Example', 'Tool: maker 1.2'] },
  packages: [IMAGE, SYSTEM, ...ENTRIES].map(spdxEntry),
  relationships: RELATIONS.map(([from, relationshipType, to]) => ({
    spdxElementId: ref(from),
    relationshipType,
    relatedSpdxElement: ref(to),
  })),
});

const tagsOf = ({ id, name, version, purl }: Entry) =>
  [
    `PackageName: ${name}`,
    `SPDXID: ${ref(id)}`,
    `PackageVersion: ${version ?? 'NOASSERTION'}`,
    ...(id === 'system' ? ['PrimaryPackagePurpose: OPERATING-SYSTEM'] : []),
    ...(purl === undefined ? [] : [`ExternalRef: PACKAGE-MANAGER purl ${purl}`, 'ExternalRefComment: of its registry']),
    'PackageComment: <text>A comment,',
    'PackageName: of no package',
    'no tag at all</text>',
    '',
  ].join('\n');
const SPDX_TAGS = `# Of an image
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
Creator: Organization: Example
Creator: Tool: maker 1.2

${[IMAGE, SYSTEM, ...ENTRIES].map(tagsOf).join('\n')}
FileName: ./etc/passwd
SPDXID: SPDXRef-File
LicenseInfoInFile: NOASSERTION

${RELATIONS.map(([from, type, to]) => `Relationship: ${ref(from)} ${type} ${ref(to)}`).join('\n')}
Relationship: SPDXRef-image CONTAINS SPDXRef-File
RelationshipComment: <text>in one line</text>
`;

const iri = (id: string) => `https://example.org/${id}`;
const spdx3Entry = ({ id, name, version, purl }: Entry) => ({
  type: 'software_Package',
  spdxId: iri(id),
  creationInfo: '_:creation',
  name,
  ...(version === undefined ? {} : { software_packageVersion: version }),
  ...(id === 'system' ? { software_primaryPurpose: 'operatingSystem' } : {}),
  // Either is allowed.
  ...(id === 'curl' || purl === undefined ? {} : { software_packageUrl: purl }),
  ...(id === 'curl'
    ? { externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: purl }] }
    : {}),
});
const SPDX3 = JSON.stringify({
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [
    { type: 'CreationInfo', '@id': '_:creation', specVersion: '3.0.1', createdUsing: [iri('tool')] },
    { type: 'Tool', spdxId: iri('tool'), name: 'maker 1.2', creationInfo: '_:creation' },
    { type: 'SpdxDocument', spdxId: iri('document'), rootElement: [iri('sbom')] },
    {
      type: 'software_Sbom',
      spdxId: iri('sbom'),
      rootElement: [iri('image')],
      element: ENTRIES.map(({ id }) => iri(id)),
    },
    ...[IMAGE, SYSTEM, ...ENTRIES].map(spdx3Entry),
    {
      ...{ type: 'LifecycleScopedRelationship', spdxId: iri('relation'), from: iri('curl') },
      ...{ relationshipType: 'dependsOn', to: [iri('libc')] },
    },
    { type: 'Relationship', from: iri('libc'), relationshipType: 'dependsOn', to: [iri('curl')] },
    { type: 'Relationship', from: iri('libc'), relationshipType: 'contains', to: ['NoAssertionElement'] },
    { type: 'Relationship', from: iri('libc'), relationshipType: 'hasConcludedLicense', to: [iri('license')] },
  ],
});

/** The same bill in each form. */
export const ONE_BILL = [
  ['CycloneDX in JSON', 'cyclonedx', CYCLONEDX],
  ['CycloneDX in XML', 'cyclonedx', CYCLONEDX_XML],
  ['SPDX 2 in JSON', 'spdx', SPDX],
  ['SPDX 2 as tags', 'spdx', SPDX_TAGS],
  ['SPDX 3 in JSON-LD', 'spdx', SPDX3],
] as const;

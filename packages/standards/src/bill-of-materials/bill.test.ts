import { describe, expect, it } from 'vitest';
import { type Bill, billNotation, readBill } from './bill.ts';
import { ONE_BILL } from './testing/one-bill.ts';

const parse = (text: string): unknown => JSON.parse(text);
const problemOf = (text: string) => {
  const bill = readBill(text, null, parse);
  return typeof bill === 'string' ? bill : bill.refused;
};
function read(text: string, release: string | null = null): Bill {
  const bill = readBill(text, release, parse);
  if (typeof bill === 'string') throw new Error(bill);
  return bill;
}

describe('one bill', () => {
  const name = (bill: Bill) => bill.components.map((component) => `${component.name} ${component.version}`);

  it.each(ONE_BILL)('in %s is the same list of packages', (_, form, text) => {
    const bill = read(text);

    expect(bill).toMatchObject({ form, tool: 'maker 1.2' });
    expect(name(bill)).toEqual([
      'libc6 2.36-9+deb12u8',
      'curl 7.88.1-10',
      'bind-libs 32:9.16-1.el9',
      'libssl3 3.1.4-r5',
      '@babel/traverse 7.0.0',
      'org.jsoup:jsoup 1.11.3',
      'django null',
    ]);
    expect(bill.components.map(({ release }) => release)).toEqual([
      ...['debian:12', 'debian:12', 'almalinux:9', 'alpine:3.19'],
      ...[null, null, null],
    ]);
    expect(bill.components).toEqual(read(ONE_BILL[0][2]).components);
    expect(bill.refused).toEqual([{ entry: 'a & b <c>', problem: 'it has no purl, so nobody knows what it is' }]);
  });

  it.each(ONE_BILL)('in %s may begin with a byte order mark and empty lines', (_, __, text) => {
    expect(name(read(`\uFEFF\n${text}`))).toEqual(name(read(text)));
  });

  // Whoever cuts a package out of a bill leaves the relations that name it.
  it.each([
    [0, /\{"type":"library","bom-ref":"libc".*?\},/, 'libc'],
    [1, /<component type="library" bom-ref="libc">.*?<\/pedigree><\/component>/s, 'libc'],
    [2, /\{"SPDXID":"SPDXRef-libc".*?\}\]\},/, 'SPDXRef-libc'],
    [3, /PackageName: libc6.*?tag at all<\/text>/s, 'SPDXRef-libc'],
    [4, /\{"type":"software_Package","spdxId":"https:\/\/example.org\/libc".*?\},/, 'https://example.org/libc'],
  ])('(%i) tells what its relations name and it does not list', (index, cut, entry) => {
    const whole = ONE_BILL[index]?.[2] ?? '';
    const { components, refused } = read(whole.replace(cut, ''));

    expect(components.length).toBe(6);
    expect(refused).toEqual([
      { entry: 'a & b <c>', problem: expect.any(String) },
      { entry, problem: 'its relations name it, and it is not in the bill' },
    ]);
  });
});

it.each([
  ['{"a":1}', 'json'],
  [' <bom/>', 'xml'],
  ['# by a tool\n\nSPDXVersion: SPDX-2.2\n', 'tags'],
  ['Package: curl\nSPDXVersion: SPDX-2.2\n', null],
  [`${'# a\n'.repeat(300)}SPDXVersion: SPDX-2.2\n`, null],
  ['[]', null],
  ['', null],
])('%j looks like %s', (start, notation) => {
  expect(billNotation(start)).toBe(notation);
});

describe('CycloneDX in XML', () => {
  const of = (inner: string, namespace = 'http://cyclonedx.org/schema/bom/1.4') =>
    `<bom xmlns="${namespace}"><components>${inner}</components></bom>`;
  const library = (inner: string) => `<component type="library"><name>a</name>${inner}</component>`;
  const A = library('<purl>pkg:npm/a@1.0.0</purl>');

  it.each(['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'])('is read in version %s', (version) => {
    expect(read(of(A, `http://cyclonedx.org/schema/bom/${version}`)).components).toMatchObject([{ name: 'a' }]);
  });

  it('may have a prefix, tools of its older kind, character data and components within others', () => {
    const bill = read(
      `<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.3"><b:metadata><b:tools><b:tool><b:vendor>v</b:vendor>
      <b:name>old</b:name><b:version>3</b:version></b:tool></b:tools></b:metadata><b:components><b:component type="library">
      <b:name>a</b:name><b:purl><![CDATA[pkg:npm/a@1.0.0]]></b:purl><b:components><b:component type="library"><b:name>b</b:name>
      <b:purl> pkg:npm/b@2.0.0 </b:purl></b:component></b:components></b:component></b:components></b:bom>`,
    );

    expect(bill).toMatchObject({ tool: 'old 3', components: [{ name: 'a' }, { name: 'b' }] });
  });

  it('says in properties what purl has no word for', () => {
    const properties = '<properties><property name="aquasecurity:trivy:SrcName">glibc</property></properties>';

    expect(read(of(library(`<purl>pkg:deb/debian/libc6@2.36-9</purl>${properties}`))).components).toMatchObject([
      { source: { name: 'glibc' } },
    ]);
  });

  it('reads nothing of another namespace', () => {
    const foreign = `<f:component xmlns:f="urn:f" type="library"><f:name>f</f:name></f:component>`;

    expect(read(of(`${foreign}${A}`))).toMatchObject({ components: [{ name: 'a' }], refused: [] });
  });

  it('knows services by their references, and other bills by their links', () => {
    const rest =
      '<services><service bom-ref="s"><services><service bom-ref="t"/></services></service></services><dependencies>' +
      '<dependency ref="s"><dependency ref="t"/><dependency ref="pkg:npm/a@1.0.0"/><dependency ref="urn:cdx:1/1#x"/>' +
      '<dependency ref="gone"/><dependency ref="gone as well"/></dependency></dependencies></bom>';

    expect(problemOf(of(A).replace('</bom>', rest))).toEqual([
      { entry: 'gone', problem: 'its relations name it, and 1 more like it, and it is not in the bill' },
    ]);
  });

  const deep = (levels: number) => of(`${'<x>'.repeat(levels)}${'</x>'.repeat(levels)}${A}`);
  it.each([
    ['another XML', '<Document xmlns="http://spdx.org/rdf/terms"/>', 'it is XML, but no CycloneDX'],
    ['of another namespace', of(A, 'urn:bom'), 'it is XML, but no CycloneDX'],
    ['HTML', '<html></html>', 'it is XML, but no CycloneDX'],
    ['cut off', of(A).slice(0, -6), /^its XML is not well-formed \(/],
    ['with unknown entities', of(library('<purl>&purl;</purl>')), /^its XML is not well-formed \(.*entity/],
    [
      'with entities of its own',
      `<!DOCTYPE bom [<!ENTITY a "b">]>${of(A)}`,
      'its XML has a document type, which no bill of materials has',
    ],
    ['too deep', deep(63), 'its XML is deeper than 64 elements'],
    ['of nothing', of(''), 'it lists no package'],
    ['of no element', '<!-- a -->', /^its XML /],
  ])('is refused where it is %s', (_, text, problem) => {
    const said = problemOf(text);
    if (typeof problem === 'string') expect(said).toBe(problem);
    else expect(said).toMatch(problem);
  });

  it('is as deep as JSON may be', () => {
    expect(read(deep(62)).components.length).toBe(1);
  });
});

describe('SPDX as tags', () => {
  const START = 'SPDXVersion: SPDX-2.2\n';
  const A = 'PackageName: a\nSPDXID: SPDXRef-a\nExternalRef: PACKAGE_MANAGER purl pkg:npm/a@1.0.0\n';

  it('may have the ends of lines of Windows', () => {
    expect(read(`${START}${A}`.replaceAll('\n', '\r\n')).components).toMatchObject([{ name: 'a', version: '1.0.0' }]);
  });

  it('tells by a relation with a comment who owns what', () => {
    const deb = 'PackageName: deb\nSPDXID: SPDXRef-deb\nExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/deb@1\n';
    const relation =
      'Relationship: SPDXRef-deb OTHER SPDXRef-a\nRelationshipComment: <text>ownership-by-file-overlap: says\nso</text>\n';

    expect(read(`${START}${A}${deb}${relation}`).components).toMatchObject([{ owner: 'deb' }, { owner: null }]);
  });

  it('names other documents, and nothing, without being torn', () => {
    const relations = 'DocumentRef-x:SPDXRef-y|NOASSERTION|NONE|SPDXRef-DOCUMENT|SPDXRef-snippet'
      .split('|')
      .map((to) => `Relationship: SPDXRef-a CONTAINS ${to}\n`)
      .join('');

    expect(problemOf(`${START}${A}SnippetSPDXID: SPDXRef-snippet\n${relations}`)).toEqual([]);
  });

  it.each([
    ['a line that is no tag', `${START}${A}torn off\n`, 'its line 5 is no tag with a value'],
    [
      'a text without end',
      `${START}${A}PackageComment: <text>a\nb\n`,
      'the text that begins in its line 5 does not end',
    ],
    ['no package', START, 'it lists no package'],
    ['another version', `SPDXVersion: SPDX-1.2\n${A}`, 'it is neither CycloneDX nor SPDX 2 or 3'],
  ])('is refused with %s', (_, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });
});

describe('SPDX 3', () => {
  const CONTEXT = 'https://spdx.org/rdf/3.0.0/spdx-context.jsonld';
  const A = { type: 'software_Package', spdxId: 'a', name: 'a', software_packageUrl: 'pkg:npm/a@1.0.0' };
  const of = (graph: unknown, context: unknown = CONTEXT) => JSON.stringify({ '@context': context, '@graph': graph });

  it('may be one element without a graph', () => {
    expect(read(JSON.stringify({ '@context': CONTEXT, ...A })).components).toMatchObject([{ name: 'a' }]);
  });

  it('tells models and data sets that nobody knows', () => {
    expect(problemOf(of([A, { type: 'ai_AIPackage', spdxId: 'm', name: 'm' }]))).toMatchObject([{ entry: 'm' }]);
  });

  it('takes elements that it imports as listed elsewhere, and others that it names as missing', () => {
    const document = { type: 'SpdxDocument', spdxId: 'd', import: [{ type: 'ExternalMap', externalSpdxId: 'far' }] };
    const relation = (to: string) => ({ type: 'Relationship', from: 'a', relationshipType: 'dependsOn', to: [to] });

    expect(problemOf(of([A, document, relation('far')]))).toEqual([]);
    expect(problemOf(of([A, document, relation('gone')]))).toMatchObject([{ entry: 'gone' }]);
  });

  it.each([
    ['of another context', of([A], ['https://example.org/renames.jsonld', CONTEXT])],
    ['of another version', of([A], 'https://spdx.org/rdf/4.0.0/spdx-context.jsonld')],
    ['without a context', JSON.stringify({ '@graph': [A] })],
  ])('is refused where it is %s', (_, text) => {
    expect(problemOf(text)).toBe('it is neither CycloneDX nor SPDX 2 or 3');
  });

  it.each([[[]], [7], [[7, null]]])('is refused where its graph is %j', (graph) => {
    expect(problemOf(of(graph))).toBe('it lists no package');
  });
});

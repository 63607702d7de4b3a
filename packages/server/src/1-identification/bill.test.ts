import { expect, test } from 'vitest';
import { Refusal } from '../platform/http/refusal.ts';
import { readBill } from './bill.ts';

const component = { type: 'library', name: 'six', version: '1.0', purl: 'pkg:pypi/six@1.0' };
const cyclonedx = (metadata: object) => ({
  text: JSON.stringify({ bomFormat: 'CycloneDX', metadata, components: [component] }),
});

test.each([
  ['a list of tools', { tools: [{ vendor: 'anchore', name: 'syft', version: '1.19.0' }] }, 'syft 1.19.0'],
  ['tools as components', { tools: { components: [{ name: 'trivy' }] } }, 'trivy'],
  ['no tool', {}, null],
  ['a tool without a name', { tools: [{ version: '1' }] }, null],
])('a bill in CycloneDX with %s', (_, metadata, tool) => {
  expect(readBill(cyclonedx(metadata))).toMatchObject({ form: 'cyclonedx', tool, components: [{ name: 'six' }] });
});

test('a bill in SPDX', () => {
  const text = JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    creationInfo: { creators: ['Organization: x', 'Tool: syft-1.19.0'] },
    packages: [
      {
        SPDXID: 'SPDXRef-1',
        name: 'six',
        versionInfo: '1.0',
        externalRefs: [
          { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:pypi/six@1.0' },
        ],
      },
    ],
  });

  expect(readBill({ text })).toMatchObject({ form: 'spdx', tool: 'syft-1.19.0', components: [{ name: 'six' }] });
});

test('a bill that is no JSON', () => {
  const component = '<component type="library"><name>six</name><purl>pkg:pypi/six@1.0</purl></component>';
  const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>${component}</components></bom>`;
  const tags =
    'SPDXVersion: SPDX-2.3\nCreator: Tool: maker\nPackageName: six\nExternalRef: PACKAGE-MANAGER purl pkg:pypi/six@1.0\n';

  expect(readBill({ text: xml })).toMatchObject({ form: 'cyclonedx', tool: null, components: [{ name: 'six' }] });
  expect(readBill({ text: tags })).toMatchObject({ form: 'spdx', tool: 'maker', components: [{ name: 'six' }] });
});

test.each([
  '',
  'bom',
  '[]',
  '{"a": 1}',
  '{"bomFormat": "CycloneDX"}',
  '<bom/>',
  '<!DOCTYPE a []><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>',
  'SPDXVersion: SPDX-2.3',
])('%j is no bill', (text) => {
  expect(() => readBill({ text })).toThrow(Refusal);
});

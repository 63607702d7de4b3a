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

test.each(['', 'bom', '[]', '{"a": 1}', '{"bomFormat": "CycloneDX"}'])('%j is no bill', (text) => {
  expect(() => readBill({ text })).toThrow(Refusal);
});

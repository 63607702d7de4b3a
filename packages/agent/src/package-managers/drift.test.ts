import type { PackageChange } from '@patchsteward/core/plan';
import { expect, test } from 'vitest';
import { driftBetween } from './drift.ts';

const WEB: PackageChange = {
  name: 'acme-web',
  architecture: 'all',
  from: '1.0',
  to: '1.1',
  sha256: null,
  sizeBytes: 1,
  origin: null,
};

test.each<[string, Parameters<typeof driftBetween>[0], readonly PackageChange[], string | null]>([
  ['the same', [WEB], [WEB], null],
  ['another version', [{ ...WEB, to: '1.2' }], [WEB], 'acme-web:amd64 would go 1.0 -> 1.2 and not 1.0 -> 1.1'],
  ['from another version', [{ ...WEB, from: '0.9' }], [WEB], 'acme-web:amd64 would go 0.9 -> 1.1 and not 1.0 -> 1.1'],
  [
    'one more',
    [WEB, { ...WEB, name: 'acme-x', from: null }],
    [WEB],
    'acme-x:amd64 absent -> 1.1 is not in the work order',
  ],
  ['one less', [], [WEB], 'acme-web:amd64 would not go 1.0 -> 1.1'],
  [
    'another architecture',
    [{ ...WEB, architecture: 'i386' }],
    [WEB],
    'acme-web:amd64 would not go 1.0 -> 1.1; acme-web:i386 1.0 -> 1.1 is not in the work order',
  ],
  ['the native one under both its names', [{ ...WEB, architecture: 'amd64' }], [WEB], null],
  [
    'a removal, shown without its architecture',
    [{ ...WEB, architecture: null, to: null }],
    [{ ...WEB, to: null }],
    null,
  ],
])('%s', (_, simulated, signed, drift) => {
  expect(driftBetween(simulated, signed, 'amd64')).toBe(drift);
});

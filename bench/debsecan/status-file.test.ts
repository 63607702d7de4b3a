import { expect, it } from 'vitest';
import { parseDpkgStatus } from '../../packages/agent/src/package-managers/index.ts';
import { recordsOf, statusText, upgraded } from './status-file.ts';

const STATUS = `Package: curl
Status: install ok installed
Architecture: amd64
Version: 7.88.1-10
Description: a client
 .
 More of it

Package: libcurl4
Status: install ok installed
Architecture: amd64
Source: curl
Version: 7.88.1-10
`;
const records = () => recordsOf(STATUS, parseDpkgStatus(STATUS));

it('takes a status file apart and puts it together again', () => {
  expect(statusText(records())).toBe(STATUS);
});

it.each([
  [0, '7.88.1-11', '7.88.1-11'],
  [1, '7.88.1-11', '7.88.1-11'],
  [1, '7.88.1-11+b1', '7.88.1-11'],
])('upgrades record %i to %s of %s, as dpkg would have it', (at, version, sourceVersion) => {
  const changed = records().map((record, place) => (place === at ? upgraded(record, version, sourceVersion) : record));

  const read = parseDpkgStatus(statusText(changed));

  expect(read).toEqual(changed.map(({ installed }) => installed));
  expect(read[at]).toMatchObject({ version, source: 'curl', sourceVersion });
});

import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { peerDataOf } from './peer-data.ts';

const release = (said: object, codename = 'bookworm') => ({ releases: { [codename]: said } });

it('writes the rows of one release as debsecan reads them', () => {
  const { bytes, rows, unimportant } = peerDataOf(
    {
      curl: {
        'CVE-2026-0001': release({ status: 'resolved', fixed_version: '7.88.1-11', urgency: 'high' }),
        'CVE-2026-0002': release({ status: 'open', urgency: 'unimportant' }),
        'CVE-2026-0003': release({ status: 'resolved', fixed_version: '0' }),
        'CVE-2026-0004': release({ status: 'open' }, 'trixie'),
      },
      nghttp2: { 'CVE-2026-0001': release({ status: 'resolved', fixed_version: '1.52.0-1' }) },
    },
    'bookworm',
  );

  expect(inflateSync(bytes).toString('utf8').split('\n')).toEqual([
    ...['VERSION 1', 'CVE-2026-0001,,', 'CVE-2026-0002,,', ''],
    ...['curl,0,SH?F,7.88.1-11,', 'curl,1,S ? ,,', 'nghttp2,0,S ?F,1.52.0-1,', '', '', ''],
  ]);
  expect(rows).toBe(3);
  expect([...unimportant]).toEqual(['curl CVE-2026-0002']);
});

it.each([null, [], { curl: { 'CVE-1': {} } }])('refuses %j', (tracker) => {
  expect(() => peerDataOf(tracker, 'bookworm')).toThrow();
});

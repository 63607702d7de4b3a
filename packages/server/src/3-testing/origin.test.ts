import { expect, it } from 'vitest';
import { fileAddress, type Origin, placeOf, suiteAddress } from './origin.ts';

const ORIGIN: Origin = {
  ...{ id: '1', place: 'deb.debian.org/debian', url: 'http://deb.debian.org/debian/', mirror: null, suite: 'bookworm' },
  ...{ components: ['main'], architectures: ['amd64'], fingerprints: [], keys: '' },
};
const FLAT: Origin = { ...ORIGIN, url: 'https://apt.example.org/x', suite: 'stable/', components: [] };

it.each([
  ['http://deb.debian.org/debian/', 'deb.debian.org/debian'],
  ['HTTPS://apt.example.org:8443/x//', 'apt.example.org:8443/x'],
  ['https://apt.example.org', 'apt.example.org'],
])('%s is %s to hosts', (url, expected) => {
  expect(placeOf(url)).toBe(expected);
});

it.each([
  ['a suite', ORIGIN, 'http://deb.debian.org/debian/dists/bookworm'],
  ['a mirror', { ...ORIGIN, mirror: 'http://mirror.example.org/d/' }, 'http://mirror.example.org/d/dists/bookworm'],
  ['a folder', FLAT, 'https://apt.example.org/x/stable'],
  ['the folder itself', { ...FLAT, suite: './' }, 'https://apt.example.org/x/.'],
])('the index of %s is at %s', (_, origin, expected) => {
  expect(suiteAddress(origin)).toBe(expected);
});

it('a file is below the address, whatever its name', () => {
  expect(fileAddress(ORIGIN, 'pool/main/a/a_1:1.0+b1~x%_amd64.deb')).toBe(
    'http://deb.debian.org/debian/pool/main/a/a_1%3A1.0%2Bb1~x%25_amd64.deb',
  );
});

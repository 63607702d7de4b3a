import { expect, it } from 'vitest';
import { EMPTY_ORIGIN, missingOf, requestOf, spaced } from './origin-draft.ts';

const draft = {
  url: ' http://deb.debian.org/debian ',
  mirror: '',
  suite: 'bookworm',
  components: 'main, contrib',
  architectures: ' amd64  arm64 ',
  keys: '-----BEGIN',
};

it('names what is missing', () => {
  expect(missingOf(EMPTY_ORIGIN)).toBe('Address, Suite, Architectures, OpenPGP keys of the publisher');
  expect(missingOf(draft)).toBeNull();
});

it('sends what was typed, and the fingerprints that were compared alone', () => {
  expect(requestOf(draft, ['AB'])).toEqual({
    url: 'http://deb.debian.org/debian',
    mirror: null,
    suite: 'bookworm',
    components: ['main', 'contrib'],
    architectures: ['amd64', 'arm64'],
    keys: '-----BEGIN',
    fingerprints: ['AB'],
  });
});

it('shows a fingerprint in groups', () => {
  expect(spaced('ABCDEF0123')).toBe('ABCD EF01 23');
});

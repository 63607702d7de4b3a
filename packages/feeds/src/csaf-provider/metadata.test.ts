import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseProviderMetadata } from './metadata.ts';

const METADATA = {
  canonical_url: 'https://acme.example/.well-known/csaf/provider-metadata.json',
  metadata_version: '2.0',
  publisher: { category: 'vendor', name: 'Acme PSIRT', namespace: 'https://acme.example' },
  role: 'csaf_trusted_provider',
  distributions: [
    { directory_url: 'https://acme.example/csaf/' },
    {
      rolie: {
        feeds: [
          { url: 'https://acme.example/white.json', tlp_label: 'WHITE' },
          { url: 'https://acme.example/amber.json', tlp_label: 'AMBER' },
        ],
      },
    },
  ],
  public_openpgp_keys: [{ fingerprint: '8f5f', url: 'https://acme.example/key.asc' }, { url: 'other.asc' }],
};
const parse = (members: object) => parseProviderMetadata(bytesOf(JSON.stringify({ ...METADATA, ...members })));

describe('the metadata of a provider', () => {
  it('says where its documents are, and which keys sign them', () => {
    expect(parse({})).toEqual({
      name: 'Acme PSIRT',
      isTrusted: true,
      feeds: ['https://acme.example/white.json'],
      directories: ['https://acme.example/csaf/'],
      keys: [
        { fingerprint: '8F5F', url: 'https://acme.example/key.asc' },
        { fingerprint: null, url: 'other.asc' },
      ],
    });
  });

  it('may promise less', () => {
    const expected = { isTrusted: false, feeds: [], directories: [], keys: [] };
    const less = { role: 'csaf_provider', distributions: undefined, public_openpgp_keys: undefined };

    expect(parse(less)).toMatchObject(expected);
  });

  it.each([
    ['role', { role: 'friend' }],
    ['metadata_version', { metadata_version: '3.0' }],
    ['publisher', { publisher: undefined }],
    ['public_openpgp_keys', { public_openpgp_keys: Array.from({ length: 51 }, () => ({ url: 'a' })) }],
  ])('with another %s is refused', (path, members) => {
    expect(faultOf(() => parse(members))).toBe(`not-this-feed: provider-metadata.json is none of CSAF 2.0 (${path})`);
  });
});

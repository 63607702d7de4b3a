import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseRepomd } from './repomd.ts';

const data = (type: string, href: string, algorithm: string, checksum: string) =>
  `<data type="${type}"><checksum type="${algorithm}">${checksum}</checksum><open-checksum type="sha256">00</open-checksum><location href="${href}"/></data>`;
const repomd = (...parts: string[]) =>
  bytesOf(`<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo">${parts.join('')}</repomd>`);
const SUM = 'AB'.repeat(32);

describe('the index of an rpm repository', () => {
  it('says where the list of updates is, and what it must be', () => {
    const index = repomd(
      data('primary', 'repodata/p.xml', 'sha256', '11'),
      data('updateinfo', 'repodata/u.xml.gz', 'sha256', SUM),
    );

    expect(parseRepomd(index)).toEqual({ href: 'repodata/u.xml.gz', checksum: `sha256:${'ab'.repeat(32)}` });
  });

  it('may have none', () => {
    expect(parseRepomd(repomd(data('primary', 'p.xml', 'sha256', SUM)))).toBeNull();
  });

  it.each([
    [
      'a weak checksum',
      repomd(data('updateinfo', 'u', 'sha1', SUM)),
      'incomplete: repomd.xml names no strong checksum of its list of updates',
    ],
    [
      'no checksum',
      repomd(data('updateinfo', 'u', 'sha256', 'x')),
      'incomplete: repomd.xml names no strong checksum of its list of updates',
    ],
    ['another kind of XML', bytesOf('<updates/>'), 'not-this-feed: the XML is no repomd.xml'],
    ['what is cut off', repomd().subarray(0, 60), /^damaged: repomd.xml is not well-formed/],
  ])('with %s is refused', (_, bytes, expected) => {
    expect(faultOf(() => parseRepomd(bytes))).toMatch(expected);
  });
});

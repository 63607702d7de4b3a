import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReferences } from './character-references.ts';
import { htmlText } from './html-text.ts';

describe('the text of a piece of HTML', () => {
  it.each([
    ['lines where a page has them', '<h1>Fixed</h1><p>One<br/>two</p><p>three</p>', 'Fixed\n\nOne\ntwo\n\nthree'],
    ['points of a list', '<ul><li>a</li><li>b</li></ul>', '- a\n\n- b'],
    ['cells of a row', '<tr><td>CVE</td><td>9.8</td></tr>', 'CVE 9.8'],
    ['blanks once', 'a \n\t  b&nbsp;&nbsp;c', 'a\nb c'],
    [
      'addresses of links',
      '<a class=x href="https://a.example/1?x=1&amp;y=2">notes</a>',
      'notes (https://a.example/1?x=1&y=2)',
    ],
    ['an address once', '<a href="https://a.example">https://a.example</a>', 'https://a.example'],
    ['no address but https', `<a href="javascript:alert(1)">a</a> <a href='http://b'>b</a>`, 'a b'],
    ['no scripts and styles', 'a<script>if (1 < 2) alert("</p>")</script><style>p{}</style>b', 'ab'],
    ['no script without an end', 'a<SCRIPT src=x>alert(1)', 'a'],
    ['no comments', 'a<!-- <b> --><![CDATA[x>b', 'ab'],
    ['signs that are no tags', 'versions < 3.0 and > 2.0 <3', 'versions < 3.0 and > 2.0 <3'],
    ['quoted marks in tags', '<p title="a > b">c</p>', 'c'],
    ['references once', '&lt;b&gt; &amp;lt; &#x41;&#66; &copy; &unknown; &#0;&#xd800;', '<b> &lt; AB © &unknown; ��'],
    ['no signs that turn text around', 'a\u202eb\u200f\u0007c', 'abc'],
  ])('has %s', (_, html, expected) => {
    expect(htmlText(html)).toBe(expected);
  });

  it('is never longer in time than the piece: unclosed tags without end', () => {
    // Each of these would take hours where a pattern begins anew at each sign.
    for (const piece of ['<a ', '<a "', '<!--', '&#', '<script', "<a href='"]) {
      expect(htmlText(piece.repeat(40_000)).length).toBeGreaterThanOrEqual(0);
    }
  });

  it('holds no tag of any element, whatever it is made of', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '/',
      '<p>',
      '</p>',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
        expect(htmlText(pieces.join(''))).not.toMatch(/<p>|<script>/);
      }),
    );
  });

  it('leaves plain text as it is', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9.,:]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        expect(htmlText(words.join(' '))).toBe(words.join(' '));
      }),
    );
  });
});

it('a text without references is the same text', () => {
  expect(decodeReferences('AT')).toBe('AT');
});

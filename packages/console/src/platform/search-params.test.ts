import { describe, expect, it } from 'vitest';
import { countIn, localPath, parseSearch, stringifySearch, textIn, wordIn } from './search-params.ts';

describe('the search part of an address', () => {
  it('keeps words as they are, numbers among them', () => {
    expect(parseSearch('?search=1234&open=linux%2Ccurl')).toEqual({ search: '1234', open: 'linux,curl' });
  });

  it('leaves out what says nothing', () => {
    expect(stringifySearch({ search: '', pages: undefined, tab: 'updates' })).toBe('?tab=updates');
    expect(stringifySearch({ search: '' })).toBe('');
  });

  it('comes back as it went', () => {
    const search = { search: 'a&b=c ü', pages: 3 };

    expect(parseSearch(stringifySearch(search))).toEqual({ search: 'a&b=c ü', pages: '3' });
  });

  it.each([
    [{ search: 'x' }, { search: 'x' }],
    [{ search: '' }, {}],
    [{}, {}],
    [{ search: 3 }, {}],
    [{ search: 'x'.repeat(1025) }, {}],
  ])('textIn %o', (raw, expected) => {
    expect(textIn(raw, 'search')).toEqual(expected);
  });

  it.each([
    ['2', { pages: 2 }],
    ['99', { pages: 50 }],
    ['1', {}],
    ['-3', {}],
    ['2.5', {}],
    ['many', {}],
    [undefined, {}],
  ])('countIn %s', (pages, expected) => {
    expect(countIn({ pages }, 'pages', 50)).toEqual(expected);
  });

  it('takes only known words', () => {
    expect(wordIn({ tab: 'updates' }, 'tab', ['findings', 'updates'])).toEqual({ tab: 'updates' });
    expect(wordIn({ tab: 'nonsense' }, 'tab', ['findings', 'updates'])).toEqual({});
  });
});

describe('localPath', () => {
  it.each(['/assets', '/assets/1?tab=updates#x'])('keeps %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ])('leads %s to the start', (path) => {
    expect(localPath(path)).toBe('/');
  });
});

import { expect, test } from 'vitest';
import { listOf, optionsOf, withMain } from './configuration.ts';

const TEXT = `# a comment
[main]
gpgcheck=1
excludepkgs = a, b
  c
; another
cachedir=/elsewhere

[repo]
gpgcheck=0
`;

test('the options of a section; a value goes on in lines that are set in', () => {
  expect(Object.fromEntries(optionsOf(TEXT, 'main'))).toEqual({
    gpgcheck: '1',
    excludepkgs: 'a, b c',
    cachedir: '/elsewhere',
  });
  expect(Object.fromEntries(optionsOf(TEXT, 'repo'))).toEqual({ gpgcheck: '0' });
  expect(optionsOf(TEXT, 'none').size).toBe(0);
});

test.each([
  [undefined, []],
  ['', []],
  ['a, b c', ['a', 'b', 'c']],
])('a list %j', (value, expected) => {
  expect(listOf(value)).toEqual(expected);
});

test.each([
  ['with a section main', TEXT],
  ['without one', '[repo]\ngpgcheck=0\n'],
  ['of nothing', ''],
])('a configuration %s gets our folder, once, and keeps all else', (_, text) => {
  const options = optionsOf(withMain(text, { cachedir: '/ours' }), 'main');

  expect(options.get('cachedir')).toBe('/ours');
  expect(options.get('excludepkgs')).toBe(optionsOf(text, 'main').get('excludepkgs'));
  expect(optionsOf(withMain(text, { cachedir: '/ours' }), 'repo')).toEqual(optionsOf(text, 'repo'));
});

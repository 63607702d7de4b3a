import { ALL_VERSION_ORDERS } from '@patchsteward/core/versions';
import { describe, expect, it } from 'vitest';
import { versionsOfRange } from './version-statement.ts';

const read = (text: string) => {
  const said = versionsOfRange(text, ALL_VERSION_ORDERS.loose, []);
  if (typeof said === 'string') return said;
  const ranges = said.ranges.map(({ introduced, fixed, lastAffected }) => {
    const end = fixed === null ? `${lastAffected ?? 'end'}]` : `${fixed})`;
    return `[${introduced ?? 'start'}, ${end}`;
  });
  return [...ranges, ...said.versions].join(' ') || 'every version';
};

describe('a range of versions', () => {
  it.each([
    ['vers:all/*', 'every version'],
    ['all versions', 'every version'],
    ['*', 'every version'],
    ['<V8.1', '[start, V8.1)'],
    ['< V5.3', '[start, V5.3)'],
    ['<=1.14.0', '[start, 1.14.0]'],
    ['vers:all/<V5.5.2', '[start, V5.5.2)'],
    ['vers:generic/>=1.0|<=2.3', '[1.0, 2.3]'],
    ['>=00.07.00|<=00.07.03.4', '[00.07.00, 00.07.03.4]'],
    ['vers:intdot/<2.0|>=3.0|<3.5', '[start, 2.0) [3.0, 3.5)'],
    ['vers:generic/>=3.0|<3.5|>=1.0|<2.0', '[1.0, 2.0) [3.0, 3.5)'],
    ['vers:generic/1.2|=1.4|>=2.0', '[2.0, end] 1.2 1.4'],
    ['vers:generic/<1.0%2B2', '[start, 1.0+2)'],
    ['>=17.3|<17.3.4a', '[17.3, 17.3.4a)'],
  ])('%s: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '< IR302 3.5.56',
    '< InRouter6XX-S-V2.3.0.r5542',
    'All BIOS versions < V1.0.212N',
    '<with_Palo_Alto_Networks_Virtual_NGFW_V11.0.1',
    'all_versions_with_Fortinet_NGFW',
    'versions before 2',
    'vers:generic/>1.0',
    'vers:generic/!=1.0',
    'vers:generic/<1.0%zz',
    'vers:generic/',
    '',
  ])('%j is not guessed at', (text) => {
    expect(read(text)).toBe(`"${text}" is no range that can be read for certain`);
  });

  it('is not read in an order that is not its own', () => {
    expect(read('vers:rpm/<1.0')).toBe('its range is of the order rpm, which is not that of the product');
    expect(versionsOfRange('vers:npm/<1.0.0', ALL_VERSION_ORDERS.semver, ['npm'])).toEqual({
      ranges: [{ introduced: null, fixed: '1.0.0', lastAffected: null }],
      versions: [],
    });
  });

  it('has an end to its parts', () => {
    expect(read(Array.from({ length: 501 }, (_, part) => `=${part}`).join('|'))).toBe(
      'its range has more than 500 parts',
    );
  });
});

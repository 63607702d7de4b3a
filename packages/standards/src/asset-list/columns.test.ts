import { expect, it, test } from 'vitest';
import { COLUMN_NAMES, columnsOf } from './columns.ts';

test.each([
  ['Asset-Tag', 'externalId'],
  ['OS Version', 'version'],
  ['os_build', 'build'],
  ['MANUFACTURER', 'vendor'],
  ['Team', 'owner'],
  ['Rack', null],
  ['', null],
])('a column %j says the %s', (header, field) => {
  expect(columnsOf(['name', header])).toEqual([
    { header: 'name', field: 'name' },
    { header, field },
  ]);
});

it('knows no name of a column twice', () => {
  const names = Object.values(COLUMN_NAMES).flat();

  expect(new Set(names).size).toBe(names.length);
});

it('wants a name, and each meaning once', () => {
  expect(columnsOf(['vendor'])).toBe('no column is called name, hostname, host: the first line must name the columns');
  expect(columnsOf(['name', 'Type', 'kind'])).toBe('the columns Type and kind both say the kind');
});

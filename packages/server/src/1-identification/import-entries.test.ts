import { describe, expect, it, test } from 'vitest';
import { Refusal } from '../platform/http/refusal.ts';
import { entriesOf } from './import-entries.ts';

const csv = (text: string) => entriesOf({ form: 'csv', text });

describe('the entries of a list', () => {
  test.each([
    ['kind', 'Network Appliance', 'network-appliance'],
    ['kind', 'Laptop', 'workstation'],
    ['criticality', 'HIGH', 'high'],
    ['criticality', 'Medium', 'normal'],
    ['exposure', 'Internet', 'public'],
    ['environment', 'Non-Production', 'non-production'],
  ])('say the %s in words of other inventories: %s', (column, cell, word) => {
    expect(csv(`name,${column}\nfw-1,${cell}\n`).entries[0]?.asset).toEqual({ name: 'fw-1', [column]: word });
  });

  it('are known by the external id, else by the name, and never mistake one for the other', () => {
    const { entries } = csv('name,id\nFw-1,fw-2\nFW-2,\n');

    expect(entries.map(({ line, entry }) => [line, entry])).toEqual([
      [2, 'id fw-2'],
      [3, 'name fw-2'],
    ]);
  });

  it('have tags with commas or semicolons between them', () => {
    expect(csv('name,tags\nfw-1,"dmz; pci,  shop ;"\n').entries[0]?.asset.tags).toEqual(['dmz', 'pci', 'shop']);
  });

  it('leave out a line that says what cannot be, and say why', () => {
    const { entries, unusable } = csv('name,exposure\nfw-1,somewhere\nfw-2,public\n,internal\nfw-3\n');

    expect(entries.map(({ asset }) => asset.name)).toEqual(['fw-2']);
    expect(unusable).toMatchObject([
      { line: 5, name: '', problems: ['It has 1 cells and the header 2.'] },
      { line: 2, name: 'fw-1', problems: [expect.stringContaining('exposure: ')] },
      { line: 4, name: '', problems: [expect.stringContaining('name: ')] },
    ]);
  });

  it('are numbered where they come over the API', () => {
    const { entries, columns } = entriesOf({ form: 'items', items: [{ name: 'a' }, { name: 'b', externalId: '7' }] });

    expect(columns).toEqual([]);
    expect(entries.map(({ line, entry }) => [line, entry])).toEqual([
      [1, 'name a'],
      [2, 'id 7'],
    ]);
  });

  it('are refused as a whole where no column can be used', () => {
    expect(() => csv('rack,price\nx,1\n')).toThrow(Refusal);
  });
});

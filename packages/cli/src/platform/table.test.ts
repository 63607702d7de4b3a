import { describe, expect, it } from 'vitest';
import { type Column, renderTable } from './table.ts';

interface Row {
  readonly name: string;
  readonly count: number;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { header: 'NAME', text: (row) => row.name, dress: (cell, row) => (row.count > 9 ? `<${cell}>` : cell) },
  { header: 'COUNT', text: (row) => String(row.count), align: 'right' },
  { header: 'NOTE', text: (row) => row.note, shrinks: true },
];
const rows: readonly Row[] = [
  { name: 'openssl', count: 12, note: 'a long remark on it' },
  { name: 'vim', count: 3, note: '' },
];

describe('renderTable', () => {
  it('lines up columns and leaves no space at the end', () => {
    expect(renderTable(columns, rows, { columns: null, colors: false })).toBe(
      ['NAME     COUNT  NOTE', 'openssl     12  a long remark on it', 'vim          3', ''].join('\n'),
    );
  });

  it('takes the room of a narrow terminal from the columns that may shrink', () => {
    const lines = renderTable(columns, rows, { columns: 28, colors: false }).split('\n');

    expect(lines[1]).toBe('openssl     12  a long rema…');
  });

  it('shrinks no further than can be read', () => {
    const lines = renderTable(columns, rows, { columns: 1, colors: false }).split('\n');

    expect(lines[1]).toBe('openssl     12  a long …');
  });

  it('dresses cells where colors are on, after measuring them', () => {
    const lines = renderTable(columns, rows, { columns: null, colors: true }).split('\n');

    expect(lines[1]).toBe('<openssl>     12  a long remark on it');
    expect(lines[2]).toBe('vim          3');
  });

  it('lets no cell steer the terminal or break the line', () => {
    const forged = [{ name: 'a\u001b[2K\nb', count: 1, note: '' }];

    expect(renderTable(columns, forged, { columns: null, colors: false }).split('\n')).toHaveLength(3);
    expect(renderTable(columns, forged, { columns: null, colors: false })).not.toContain('\u001b');
  });

  it('is empty without rows', () => {
    expect(renderTable(columns, [], { columns: null, colors: false })).toBe('');
  });
});

import { describe, expect, it, test } from 'vitest';
import { type AssetList, readAssetList } from './read.ts';

const LINES_MAX = 5;

function read(text: string): AssetList {
  const list = readAssetList(text, LINES_MAX);
  if (typeof list === 'string') throw new Error(list);
  return list;
}

describe('a list of assets', () => {
  it('is read by the names of its columns, whatever order and case they have', () => {
    const list = read('Firmware Version,HOSTNAME,Manufacturer\n17.3.4a,core-sw-1,Cisco\n');

    expect(list.lines).toEqual([{ line: 2, cells: { version: '17.3.4a', name: 'core-sw-1', vendor: 'Cisco' } }]);
    expect(list.problems).toEqual([]);
  });

  it('names the columns that nobody knows, and leaves them out', () => {
    const list = read('name,rack,price\nfw-1,R7,12\n');

    expect(list.columns.filter(({ field }) => field === null).map(({ header }) => header)).toEqual(['rack', 'price']);
    expect(list.lines).toEqual([{ line: 2, cells: { name: 'fw-1' } }]);
  });

  test.each([
    ['a comma', 'name,tags\nfw-1,"a;b"\n', 'a;b'],
    ['a semicolon', 'name;tags\nfw-1;a,b\n', 'a,b'],
    ['a tab', 'name\ttags\nfw-1\ta, b\n', 'a, b'],
    ['a comma, after the mark of UTF-8', '\ufeffname,tags\r\nfw-1,x\r\n', 'x'],
  ])('has cells parted by %s', (_, text, tags) => {
    expect(read(text).lines[0]?.cells).toEqual({ name: 'fw-1', tags });
  });

  it('says on which line an asset stands, past empty lines and cells of several lines', () => {
    const list = read('name,role\n\n"a","first\nsecond"\n,\nb,x\n');

    expect(list.lines.map(({ line, cells }) => [line, cells.name])).toEqual([
      [4, 'a'],
      [6, 'b'],
    ]);
  });

  it('keeps what can be read where one line has too few cells or too many', () => {
    const list = read('name,role\na,x\nb\nc,x,y\nd,\n');

    expect(list.lines.map(({ cells }) => cells)).toEqual([{ name: 'a', role: 'x' }, { name: 'd' }]);
    expect(list.problems).toEqual([
      { line: 3, problem: 'It has 1 cells and the header 2.' },
      { line: 4, problem: 'It has 3 cells and the header 2.' },
    ]);
  });

  test.each([
    ['nothing', '', 'it is empty'],
    ['no name', 'model,rack\nx,y\n', 'no column is called name, hostname, host: the first line must name the columns'],
    ['two columns of one meaning', 'host,name\na,b\n', 'the columns host and name both say the name'],
    ['no asset', 'name,role\n', 'it names columns and no asset'],
    ['too many lines', `name\n${'a\n'.repeat(6)}`, 'it has more than 5 lines; import it in parts'],
    ['too many columns', `name${',x'.repeat(200)}\na\n`, 'it has more than 200 columns'],
    ['a quotation mark without its second', 'name\n"a\nb\n', 'a quotation mark is never closed (line 3)'],
    ['a quotation mark within a cell', 'name\na"b\n', 'a quotation mark stands where none may be (line 2)'],
    ['a line without an end', `name\n"${'a'.repeat(70_000)}"\n`, 'a line is longer than 65536 characters (line 2)'],
  ])('is refused where it has %s', (_, text, problem) => {
    expect(readAssetList(text, LINES_MAX)).toBe(problem);
  });
});

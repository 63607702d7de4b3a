import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it.each([
  [['a', 'b c'], 'a,b c\r\n'],
  [['a,b', 'say "no"', 'two\nlines'], '"a,b","say ""no""","two\nlines"\r\n'],
  [['=1+1', '-2', '@x', '+3'], "'=1+1,'-2,'@x,'+3\r\n"],
  [[''], '\r\n'],
])('%j', (fields, line) => {
  expect(csvLine(fields)).toBe(line);
});

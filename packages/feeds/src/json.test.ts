import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';
import { bytesOf, faultOf } from './testing/fault.ts';

const parse = (text: string) => parseJson(bytesOf(text), 'the file');

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);

        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('counts no bracket within a string', () => {
    const brackets = '[{"\\'.repeat(500);

    expect(parse(JSON.stringify([brackets, { [brackets]: 1 }]))).toEqual([brackets, { [brackets]: 1 }]);
  });

  it.each([
    ['64 levels', '['.repeat(64) + ']'.repeat(64), 'none'],
    ['65 levels', '['.repeat(65) + ']'.repeat(65), 'too-deep: the file is nested more than 64 levels deep'],
    ['nothing but brackets', '['.repeat(5_000_000), 'too-deep: the file is nested more than 64 levels deep'],
    ['objects', '{"a":'.repeat(65), 'too-deep: the file is nested more than 64 levels deep'],
    ['a cut off text', '{"a":', 'not-json: the file is not JSON'],
    ['a cut off string', '{"a\\"', 'not-json: the file is not JSON'],
    ['nothing', '', 'not-json: the file is not JSON'],
  ])('%s', (_, text, fault) => {
    expect(faultOf(() => parse(text))).toBe(fault);
  });

  it('refuses what is not UTF-8', () => {
    expect(faultOf(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22), 'line 7'))).toBe(
      'not-text: line 7 is not UTF-8 text',
    );
  });
});

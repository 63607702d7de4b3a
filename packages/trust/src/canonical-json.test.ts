import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanonicalJsonError, canonicalJson } from './canonical-json.ts';

function faultOf(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof CanonicalJsonError) return `${error.fault} at ${error.path}`;
    throw error;
  }
}

/** The IEEE 754 double with these 64 bits, as RFC 8785 Appendix B lists its samples. */
function doubleOf(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE(0);
}

// RFC 8785 Appendix B, number samples: bits of the double, its text.
test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('the double %s is written %s', (bits, text) => {
  expect(canonicalJson(doubleOf(bits))).toBe(text);
});

// RFC 8785 Appendix B: NaN and Infinity have no text.
test.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('the double %s is refused', (bits) => {
  expect(faultOf([doubleOf(bits)])).toBe('not-finite at $[0]');
});

// RFC 8785 §3.2.2.2: five short escapes, the other controls as \u00xx, nothing else.
test.each([
  ['\b\t\n\f\r', String.raw`"\b\t\n\f\r"`],
  ['\u0000\u000f\u001f', String.raw`"\u0000\u000f\u001f"`],
  ['"\\/', String.raw`"\"\\/"`],
  ['\u007f\u0080\u2028é€😀', '"\u007f\u0080\u2028é€😀"'],
])('the string %j is written %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each([
  [null, 'null'],
  [true, 'true'],
  [[], '[]'],
  [{}, '{}'],
  [{ b: [1, { d: null, c: false }], a: '' }, '{"a":"","b":[1,{"c":false,"d":null}]}'],
  [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
])('%j is written %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

// RFC 8785 §3.2.3: by UTF-16 code units; an emoji (D83D…) comes before U+FB33, and no locale has a say.
test('members are ordered by the code units of their names', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6', '10', '2', 'a', 'B', ''];

  const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));

  const ordered = ['', '\r', '1', '10', '2', 'B', 'a', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
  expect(text).toBe(`{${ordered.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`);
});

describe('what has no canonical form is refused, with the place', () => {
  test.each([
    ['undefined', undefined, 'not-json at $'],
    ['an undefined member', { a: undefined }, 'not-json at $.a'],
    ['a hole', new Array(1), 'not-json at $[0]'],
    ['a bigint', { a: [1n] }, 'not-json at $.a[0]'],
    ['a function', { a: () => 1 }, 'not-json at $.a'],
    ['a symbol', Symbol('a'), 'not-json at $'],
    ['a date', { at: new Date(0) }, 'not-json at $.at'],
    ['a map', new Map(), 'not-json at $'],
    ['bytes', new Uint8Array(2), 'not-json at $'],
    ['a lone high surrogate', ['\ud83d'], 'lone-surrogate at $[0]'],
    ['a lone low surrogate', { a: 'x\ude00' }, 'lone-surrogate at $.a'],
    ['a lone surrogate in a name', { a: { '\ud83d': 1 } }, 'lone-surrogate at $.a'],
  ])('%s', (_, value, fault) => {
    expect(faultOf(value)).toBe(fault);
  });

  test('a value that contains itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);

    expect(faultOf(loop)).toMatch(/^too-deep at /);
  });
});

test('the text parses back to the value, and is the same for any order of members', () => {
  const json = fc.jsonValue({ maxDepth: 5 });
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);

      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(canonicalJson(reversed(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

import { describe, expect, it } from 'vitest';
import { createCookies } from './cookies.ts';

describe('cookies', () => {
  it('are for this host over TLS alone where people come in over TLS', () => {
    expect(createCookies(true).session.write('v', 60)).toBe(
      '__Host-patchsteward-session=v; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60',
    );
    expect(createCookies(false).session.write('v', 60)).toBe(
      'patchsteward-session=v; Path=/; HttpOnly; SameSite=Strict; Max-Age=60',
    );
  });

  it.each([
    ['patchsteward-session=abc', 'abc'],
    ['a=b;  patchsteward-session=abc; c=d', 'abc'],
    ['patchsteward-session=', undefined],
    ['xpatchsteward-session=abc', undefined],
    ['patchsteward-session', undefined],
    [`patchsteward-session=${'a'.repeat(257)}`, undefined],
    [undefined, undefined],
  ])('%s is read as %s', (header, expected) => {
    expect(createCookies(false).session.read(header)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { meaningOf, systemCode } from './system-error.ts';

describe('systemCode', () => {
  it.each([
    [Object.assign(new Error('x'), { code: 'ENOENT' }), 'ENOENT'],
    [Object.assign(new Error('x'), { code: 7 }), null],
    [new Error('x'), null],
    [{ code: 'ENOENT' }, null],
    [null, null],
  ])('of %o', (error, code) => {
    expect(systemCode(error)).toBe(code);
  });
});

describe('meaningOf', () => {
  it.each([
    [Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' }), 'no space is left on the device'],
    [Object.assign(new Error('ESTRANGE: seldom'), { code: 'ESTRANGE' }), 'ESTRANGE: seldom'],
    ['thrown text', 'thrown text'],
  ])('of %o', (error, what) => {
    expect(meaningOf(error).what).toBe(what);
    expect(meaningOf(error).advice).not.toBe('');
  });
});

// Code units of ASCII, named where versions give them a meaning.
export const ZERO = 0x30;
export const COLON = 0x3a;
export const HYPHEN = 0x2d;
export const TILDE = 0x7e;
export const CARET = 0x5e;

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}

/** ASCII only: neither dpkg nor rpm knows other letters. */
export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

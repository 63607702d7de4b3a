import { CARET, isDigit, isLetter, TILDE } from '../characters.ts';

/** Everything that is not a digit, an ASCII letter, a tilde or a caret only separates segments. */
export function skipSeparators(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSeparator(text.charCodeAt(at))) at++;
  return at;
}

function isSeparator(code: number): boolean {
  return !isDigit(code) && !isLetter(code) && code !== TILDE && code !== CARET;
}

export function letterRunEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isLetter(text.charCodeAt(at))) at++;
  return at;
}

import { isDigit, isLetter, TILDE } from '../characters.ts';
import { digitRunEnd } from '../digit-run.ts';
import { KeyWriter } from '../key-writer.ts';
import { epochEnd, upstreamEnd } from './parse.ts';

// The bytes, in the order of what they stand for. A number also ends the text before it, so its first byte lies
// between the tilde and the letters, as the end of a text does in the comparison.
const TILDE_CODE = 0x01;
const PART_END = 0x02;
const NUMBER_BASE = 0x02;
const NUMBER_COUNT_LIMIT = 0x3e;
// Letters keep their ASCII code, 0x41 to 0x7a.
const SYMBOL_BASE = 0x80;
const ESCAPE = 0xff;
/** The first code unit that has no symbol byte of its own. */
const ESCAPED_FROM = 0x7f;

/** Bytes whose order is the order of `compareDebVersions`. */
export function debVersionKey(version: string): Uint8Array {
  const writer = new KeyWriter(version.length);
  const epoch = epochEnd(version);
  const start = epoch === 0 ? 0 : epoch + 1;
  const end = upstreamEnd(version, start);

  writer.digitRun(NUMBER_BASE, NUMBER_COUNT_LIMIT, version, 0, epoch);
  writePart(writer, version, start, end);
  writePart(writer, version, end + 1, version.length);
  return writer.finish();
}

/** Text and number by turns. An empty part is written as the number 0, which it equals. */
function writePart(writer: KeyWriter, version: string, start: number, end: number): void {
  let at = start;
  do {
    while (at < end && !isDigit(version.charCodeAt(at))) writeTextCharacter(writer, version.charCodeAt(at++));
    const digits = digitRunEnd(version, at, end);
    writer.digitRun(NUMBER_BASE, NUMBER_COUNT_LIMIT, version, at, digits);
    at = digits;
  } while (at < end);
  writer.byte(PART_END);
}

function writeTextCharacter(writer: KeyWriter, code: number): void {
  if (code === TILDE) writer.byte(TILDE_CODE);
  else if (isLetter(code)) writer.byte(code);
  else if (code < ESCAPED_FROM) writer.byte(SYMBOL_BASE + code);
  else {
    writer.byte(ESCAPE);
    writer.byte(code >>> 8);
    writer.byte(code & 0xff);
  }
}

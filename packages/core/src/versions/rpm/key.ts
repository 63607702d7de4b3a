import { CARET, isDigit, TILDE } from '../characters.ts';
import { digitRunEnd } from '../digit-run.ts';
import { KeyWriter } from '../key-writer.ts';
import { rpmParts } from './parse.ts';
import { letterRunEnd, skipSeparators } from './segment.ts';

// The bytes, in the order of what they stand for: rpmvercmp puts a tilde before the end of a part, a caret right
// behind it, letters above, digits on top.
const LETTERS_END = 0x00;
const TILDE_CODE = 0x01;
const PART_END = 0x02;
const CARET_CODE = 0x03;
// Letters keep their ASCII code, 0x41 to 0x7a.
const NUMBER_BASE = 0x80;
const NUMBER_COUNT_LIMIT = 0x7f;
// What follows the version: a missing release sorts before every release.
const NO_RELEASE = 0x00;
const RELEASE = 0x01;

/** Bytes whose order is the order of `compareRpmVersions`. */
export function rpmVersionKey(evr: string): Uint8Array {
  const writer = new KeyWriter(evr.length);
  const parts = rpmParts(evr);

  writer.digitRun(NUMBER_BASE, NUMBER_COUNT_LIMIT, evr, 0, parts.epochEnd);
  writePart(writer, evr, parts.versionStart, parts.versionEnd);
  if (parts.releaseStart === null) writer.byte(NO_RELEASE);
  else {
    writer.byte(RELEASE);
    writePart(writer, evr, parts.releaseStart, evr.length);
  }
  return writer.finish();
}

function writePart(writer: KeyWriter, evr: string, start: number, end: number): void {
  let at = skipSeparators(evr, start, end);
  while (at < end) at = skipSeparators(evr, writeSegment(writer, evr, at, end), end);
  writer.byte(PART_END);
}

/** Writes the segment that starts at `at` and returns where it ends. */
function writeSegment(writer: KeyWriter, evr: string, at: number, end: number): number {
  const code = evr.charCodeAt(at);
  if (code === TILDE || code === CARET) {
    writer.byte(code === TILDE ? TILDE_CODE : CARET_CODE);
    return at + 1;
  }
  if (isDigit(code)) {
    const digits = digitRunEnd(evr, at, end);
    writer.digitRun(NUMBER_BASE, NUMBER_COUNT_LIMIT, evr, at, digits);
    return digits;
  }
  const letters = letterRunEnd(evr, at, end);
  for (let letter = at; letter < letters; letter++) writer.byte(evr.charCodeAt(letter));
  writer.byte(LETTERS_END);
  return letters;
}

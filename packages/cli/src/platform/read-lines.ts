import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { Failure } from './failure.ts';

export interface NumberedLine {
  /** Counts from 1, as editors do. */
  readonly number: number;
  readonly text: string;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The lines of a UTF-8 stream, in batches as they arrive, without their line feeds (or CR LF). A line has at most
 * `bytesMax` bytes: input without line feeds must not fill the memory. A line that cannot be read ends the reading, and
 * all lines before it are handed out first.
 */
export async function* readLines(stream: Readable, bytesMax: number): AsyncGenerator<NumberedLine[]> {
  let rest = Buffer.alloc(0);
  let count = 0;
  for await (const chunk of chunksOf(stream)) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    rest = bytes.subarray(end);
    const { lines, failure } = splitLines(bytes.subarray(0, end), count, bytesMax);
    count += lines.length;
    yield lines;
    if (failure !== null) throw failure;
    if (rest.length > bytesMax) throw tooLong(count + 1, bytesMax);
  }
  if (rest.length === 0) return;
  const last = readLine(rest, count + 1, bytesMax);
  if (last instanceof Failure) throw last;
  yield [last];
}

/** A stream without an encoding of its own delivers bytes. */
function chunksOf(stream: Readable): AsyncIterable<Uint8Array> {
  return stream;
}

/** The lines of bytes that end in a line feed, up to the first that cannot be read. */
function splitLines(bytes: Buffer, before: number, bytesMax: number) {
  const lines: NumberedLine[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, start);
    const line = readLine(bytes.subarray(start, end), before + lines.length + 1, bytesMax);
    if (line instanceof Failure) return { lines, failure: line };
    lines.push(line);
    start = end + 1;
  }
  return { lines, failure: null };
}

function readLine(bytes: Buffer, number: number, bytesMax: number): NumberedLine | Failure {
  if (bytes.length > bytesMax) return tooLong(number, bytesMax);
  if (!isUtf8(bytes)) return new Failure(`line ${number} is not UTF-8 text`, 'convert the input to UTF-8');

  const text = bytes.toString('utf8');
  const start = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  return { number, text: text.slice(start, text.endsWith('\r') ? -1 : text.length) };
}

function tooLong(number: number, bytesMax: number): Failure {
  return new Failure(`line ${number} is longer than ${bytesMax} bytes`, 'check that this is the right input');
}

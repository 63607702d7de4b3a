import { KeyWriter } from '../key-writer.ts';
import type { Part } from '../row.ts';
import { RANKS, readApkVersion } from './read.ts';

/** Ranks start at 0, which ends a text. */
const RANK_BASE = 0x01;
const NUMBER_BASE = 0x01;
const NUMBER_COUNT_LIMIT = 0xfe;
const TEXT_END = 0x00;

const NUMBERS = new Set<number>([RANKS.number, RANKS.suffixNumber, RANKS.revision]);
const TEXTS = new Set<number>([RANKS.zeroLedNumber, RANKS.hash]);

/** Bytes whose order is the order of apk versions: each part by its rank and what it holds, then the rank of the end. */
export function apkVersionKey(version: string): Uint8Array {
  const writer = new KeyWriter(version.length);
  for (const part of readApkVersion(version)) writePart(writer, part);
  writer.byte(RANK_BASE + RANKS.end);
  return writer.finish();
}

function writePart(writer: KeyWriter, { rank, text }: Part): void {
  writer.byte(RANK_BASE + rank);
  if (NUMBERS.has(rank)) writer.digitRun(NUMBER_BASE, NUMBER_COUNT_LIMIT, text, 0, text.length);
  if (!TEXTS.has(rank)) return;
  for (let at = 0; at < text.length; at++) writer.byte(text.charCodeAt(at));
  writer.byte(TEXT_END);
}

import type { Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOfDay } from '../instant.ts';
import { textOf } from '../json.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { HEADER_LINE, MODEL_LINE, SCORE_LINE } from './schema.ts';

export interface EpssScore {
  readonly vulnerability: string;
  /** The chance that it is exploited within 30 days, 0 to 1. */
  readonly score: number;
  /** The share of all vulnerabilities that score no higher, 0 to 1. */
  readonly percentile: number;
}

export interface Epss {
  /** Scores of two models do not compare: keep it with each score. */
  readonly model: string;
  /** `2026-08-16`. */
  readonly scoreDate: string;
  readonly scores: readonly EpssScore[];
  readonly quarantined: readonly Quarantined[];
  readonly dataAsOf: Instant | null;
}

/** Reads the daily scores. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseEpss(bytes: Uint8Array): Epss {
  const text = textOf(unpacked(bytes), 'the file');
  const [first, afterFirst] = lineAt(text, 0);
  const model = MODEL_LINE.exec(first);
  const [second, afterSecond] = lineAt(text, afterFirst);
  const dataAsOf = instantOfDay(model?.[2] ?? '');
  if (model?.[1] === undefined || model[2] === undefined || second !== HEADER_LINE || dataAsOf === null) {
    throw new FeedUnreadable('not-this-feed', `the file does not begin with its model, its date and "${HEADER_LINE}"`);
  }
  // Cut off in the middle of a line, the last score would be a wrong number.
  if (!text.endsWith('\n')) throw new FeedUnreadable('incomplete', 'the last line of the file does not end');
  const { scores, refused } = readScores(text, afterSecond);
  if (scores.length === 0) throw new FeedUnreadable('incomplete', 'the file holds no score');
  return { model: model[1], scoreDate: model[2], scores, quarantined: refused, dataAsOf };
}

function readScores(text: string, start: number): { scores: EpssScore[]; refused: Quarantined[] } {
  const scores: EpssScore[] = [];
  const refused: Quarantined[] = [];
  const seen = new Set<string>();
  for (let at = start, number = 3; at < text.length; number++) {
    const [line, next] = lineAt(text, at);
    at = next;
    const match = SCORE_LINE.exec(line);
    const vulnerability = match?.[1];
    if (vulnerability === undefined) refused.push(quarantined(`line ${number}`, `it is no score: ${line}`));
    else if (seen.has(vulnerability)) refused.push(quarantined(vulnerability, `line ${number} scores it again`));
    else {
      seen.add(vulnerability);
      scores.push({ vulnerability, score: Number(match?.[2]), percentile: Number(match?.[3]) });
    }
  }
  return { scores, refused };
}

/** The line that begins at `start`, without its line feed, and where the next one begins. */
function lineAt(text: string, start: number): [string, number] {
  const feed = text.indexOf('\n', start);
  const end = feed === -1 ? text.length : feed;
  return [text.slice(start, text[end - 1] === '\r' ? end - 1 : end), end + 1];
}

import type { AnnouncementDetail } from '@patchsteward/contract';

type ChangedLine = NonNullable<AnnouncementDetail['difference']>[number];

/** Lines that are compared one with each other: a million steps at most. The rest is shown as it was and as it is. */
const LINES_MAX = 1_000;

/** What changed from one text to the other, line by line; null: nothing. */
export function differenceOf(before: string, after: string): ChangedLine[] | null {
  if (before === after) return null;
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length > LINES_MAX || now.length > LINES_MAX) return [...linesOf('removed', old), ...linesOf('added', now)];
  return alignedLines(old, now, commonLengths(old, now));
}

function linesOf(kind: ChangedLine['kind'], lines: readonly string[]): ChangedLine[] {
  return lines.map((text) => ({ kind, text }));
}

/** At each place how many lines the rests of both have in common, in order: the longest common subsequence. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const shared = old[i] === now[j] ? at(lengths, i + 1, j + 1) + 1 : 0;
      const row = lengths[i];
      if (row !== undefined) row[j] = Math.max(shared, at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  }
  return lengths;
}

function alignedLines(old: readonly string[], now: readonly string[], lengths: readonly Uint16Array[]): ChangedLine[] {
  const lines: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]];
    if (was !== undefined && was === is) {
      lines.push({ kind: 'same', text: was });
      [i, j] = [i + 1, j + 1];
    } else if (was !== undefined && (is === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push({ kind: 'removed', text: was });
      i += 1;
    } else if (is !== undefined) {
      lines.push({ kind: 'added', text: is });
      j += 1;
    }
  }
  return lines;
}

function at(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';

export interface PageQuery {
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Place = readonly (string | number)[];

/**
 * A page of a list that is computed whole. The cursor is the place of the last item shown, not its number: what comes
 * and goes between two pages makes nothing appear twice.
 */
export function memoryPage<T, P extends Place>(
  found: readonly T[],
  { cursor, limit }: PageQuery,
  placeOf: (item: T) => P,
  schema: z.ZodType<P>,
): { readonly items: T[]; readonly next: string | null; readonly total: number } {
  const placed = found.map((item) => ({ item, place: placeOf(item) })).sort((a, b) => comparePlaces(a.place, b.place));
  const after = cursor === undefined ? undefined : decodeCursor(cursor, schema);
  const rest = after === undefined ? placed : placed.filter(({ place }) => comparePlaces(place, after) > 0);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    next: last === undefined || rest.length === shown.length ? null : encodeCursor(last.place),
    total: found.length,
  };
}

function comparePlaces(one: Place, other: Place): number {
  for (const [at, value] of one.entries()) {
    const against = other[at] ?? '';
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}

/** Whether every word of a search is somewhere in a text. */
export function wordsIn(search: string | undefined): (...texts: readonly string[]) => boolean {
  const words = lowerWordsOf(search ?? '');
  return (...texts) => {
    if (words.length === 0) return true;
    const text = texts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** The words of a search as patterns of `ilike`, and of `like` where what is searched stands in small letters. */
export function patternsOf(search: string): string[] {
  return lowerWordsOf(search).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
}

export function lowerWordsOf(search: string): string[] {
  return wordsOf(search.toLowerCase());
}

function wordsOf(search: string): string[] {
  return search.split(/\s+/).filter((word) => word !== '');
}

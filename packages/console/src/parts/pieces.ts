/** A row, or the height of the rows that are not in the page. */
export type Piece =
  | { readonly kind: 'row'; readonly index: number; readonly key: string }
  | { readonly kind: 'gap'; readonly heightPx: number; readonly key: string };

interface Placed {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The rows that are in the page with gaps between, before and after them, from `top` to `bottom`. Pages of a list that
 * were loaded at different times may both have a row that wandered from one to the other; the second is told apart.
 */
export function piecesOf(
  rows: readonly Placed[],
  top: number,
  bottom: number,
  keyOf: (index: number) => string,
): readonly Piece[] {
  const pieces: Piece[] = [];
  const used = new Set<string>();
  let end = top;
  let last = '';
  for (const row of rows) {
    const known = keyOf(row.index);
    const key = used.has(known) ? `${known} again at ${row.index}` : known;
    used.add(key);
    if (row.start > end) pieces.push({ kind: 'gap', heightPx: row.start - end, key: `gap before ${key}` });
    pieces.push({ kind: 'row', index: row.index, key });
    end = row.end;
    last = key;
  }
  // Never the same gap in another place: nobody sees it move.
  if (bottom > end) pieces.push({ kind: 'gap', heightPx: bottom - end, key: `gap after ${last}` });
  return pieces;
}

/** A row, or the empty height of the rows that are not in the page. */
export type Piece =
  | { readonly kind: 'row'; readonly index: number; readonly key: string }
  | { readonly kind: 'gap'; readonly heightPx: number; readonly key: string };

interface Placed {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** The rows that are in the page with gaps between, before and after them, from `top` to `bottom`. */
export function piecesOf(
  rows: readonly Placed[],
  top: number,
  bottom: number,
  keyOf: (index: number) => string,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = top;
  for (const row of rows) {
    if (row.start > end) pieces.push({ kind: 'gap', heightPx: row.start - end, key: `gap before ${keyOf(row.index)}` });
    pieces.push({ kind: 'row', index: row.index, key: keyOf(row.index) });
    end = row.end;
  }
  if (bottom > end) pieces.push({ kind: 'gap', heightPx: bottom - end, key: 'gap at the end' });
  return pieces;
}

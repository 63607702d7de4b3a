/** Which assets a person has chosen: some by hand, or all that the filter finds. */
export type AssetSelection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string>; readonly anchor: number | null }
  | { readonly kind: 'all' };

/** As many ids as the server takes at once; a test keeps the two equal. */
export const SELECTED_MAX = 5_000;

export const NOTHING_SELECTED: AssetSelection = { kind: 'some', ids: new Set(), anchor: null };

type LoadedRows = readonly ({ readonly id: string } | undefined)[];

/** A click on the box of a row; with shift it does the same to every row since the last click. */
export function clicked(selection: AssetSelection, rows: LoadedRows, index: number, shift: boolean): AssetSelection {
  const row = rows[index];
  if (row === undefined) return selection;
  const ids = new Set(idsOf(selection, rows));
  const add = !ids.has(row.id);
  const anchor = selection.kind === 'some' ? selection.anchor : null;
  const [from, to] = shift && anchor !== null ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
  for (const one of rows.slice(from, to + 1)) {
    if (one === undefined) continue;
    if (add) ids.add(one.id);
    else ids.delete(one.id);
  }
  return { kind: 'some', ids, anchor: index };
}

/** The box above all: every row that is loaded, or none of them. */
export function allClicked(selection: AssetSelection, rows: LoadedRows): AssetSelection {
  const shown = rows.flatMap((row) => row?.id ?? []);
  const ids = idsOf(selection, rows);
  const every = shown.length > 0 && shown.every((id) => ids.has(id));
  return every || selection.kind === 'all'
    ? NOTHING_SELECTED
    : { kind: 'some', ids: new Set([...ids, ...shown]), anchor: null };
}

export function isSelected(selection: AssetSelection, id: string): boolean {
  return selection.kind === 'all' || selection.ids.has(id);
}

export function selectedCount(selection: AssetSelection, total: number): number {
  return selection.kind === 'all' ? total : selection.ids.size;
}

/** Whoever takes one row out of all has chosen the others that are loaded. */
function idsOf(selection: AssetSelection, rows: LoadedRows): ReadonlySet<string> {
  return selection.kind === 'some' ? selection.ids : new Set(rows.flatMap((row) => row?.id ?? []));
}

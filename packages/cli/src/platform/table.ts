import { columnsOf, cutToColumns, plainText } from './text.ts';

export interface Column<Row> {
  readonly header: string;
  /** The cell; it is made safe for a terminal here. */
  readonly text: (row: Row) => string;
  readonly align?: 'right';
  /** Gives way when the table is wider than the terminal. */
  readonly shrinks?: true;
  /** Dresses the finished cell in color; called only where colors are on. */
  readonly dress?: (cell: string, row: Row) => string;
}

/** Two spaces tell columns apart without rulers. */
const GAP = '  ';
/** Below this a shrunken column says nothing; the line is then longer than the terminal and wraps. */
const SHRUNKEN_COLUMNS_MIN = 8;

export interface TableLook {
  /** Columns of the terminal; null where the output is a file or a pipe, and nothing may be cut. */
  readonly columns: number | null;
  readonly colors: boolean;
}

/** A table for people: a header line, then a line per row. Without rows, nothing. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], look: TableLook): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => columns.map((column) => plainText(column.text(row))));
  const natural = columns.map((column, at) =>
    cells.reduce((widest, line) => Math.max(widest, columnsOf(line[at] ?? '')), columnsOf(column.header)),
  );
  const widths = look.columns === null ? natural : shrink(columns, natural, look.columns);

  const headers = columns.map((column, at) => fit(column, column.header, widths[at] ?? 0));
  const lines = cells.map((line, rowAt) =>
    columns.map((column, at) => {
      const cell = fit(column, line[at] ?? '', widths[at] ?? 0);
      const row = rows[rowAt];
      return look.colors && column.dress !== undefined && row !== undefined ? column.dress(cell, row) : cell;
    }),
  );
  return [headers, ...lines].map((line) => `${line.join(GAP).trimEnd()}\n`).join('');
}

/** Takes what is missing from the columns that may shrink, always from the widest of them. */
function shrink<Row>(columns: readonly Column<Row>[], natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1) - available;
  while (excess > 0) {
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      const width = widths[at] ?? 0;
      if (column.shrinks && width > SHRUNKEN_COLUMNS_MIN && width > (widths[widest] ?? 0)) widest = at;
    }
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}

function fit<Row>(column: Column<Row>, text: string, width: number): string {
  const cut = cutToColumns(text, width);
  const padding = ' '.repeat(Math.max(0, width - columnsOf(cut)));
  return column.align === 'right' ? padding + cut : cut + padding;
}

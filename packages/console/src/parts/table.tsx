import { memo, type ReactNode, useCallback, useEffect, useRef } from 'react';
import { strings } from '../platform/strings.ts';
import { useRows } from './rows.ts';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** In place of the header's words: a button, a box to tick. */
  readonly head?: ReactNode;
  /** By this column the list is in order. */
  readonly sorted?: 'ascending' | 'descending' | undefined;
  readonly cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  readonly label: string;
  /** Names the widths of the columns in the style sheet. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined where a row is not loaded yet: its place is kept, and it is asked for when it comes into sight. */
  readonly rows: readonly (Row | undefined)[];
  /** Outside of the component that renders the table, so that it stays the same function. */
  readonly keyOf: (row: Row) => string;
  /** How many there are in all, loaded or not. */
  readonly total: number;
  readonly estimatePx: number;
  /** A class for the row, where rows are of different kinds. */
  readonly classOf?: (row: Row) => string;
  /** What stands below a row that is open; null where nothing does. */
  readonly detail?: (row: Row) => ReactNode | null;
  /** The row that the address names; scrolled to once when it is first there. */
  readonly selectedKey?: string;
  /** What is shown answers the search before; the next answer is on its way. */
  readonly settling: boolean;
  /** Coming back to the list goes on at the row through which the reader left it. */
  readonly resumes?: boolean;
  /** Called when the reader comes near the end of what is loaded. */
  readonly onNearEnd?: () => void;
  /**
   * Called with the first and the last row in sight, also of those that are not loaded. A list that asks for it has a
   * place for every row from the start.
   */
  readonly onSight?: (first: number, last: number) => void;
}

/** Rows left below the window when the next page is asked for. */
const NEAR_END_ROWS = 30;
/** From here on a reader can scroll faster than the browser paints; behind the rows lies the shape of rows then. */
const LONG_ROWS_MIN = 100;

/**
 * A table of any length. Each row is a `tbody` of its own, so that what opens below it is measured with it.
 *
 * It scrolls without blanks: in every frame each part of it that is visible shows rows with their words, or the shape of
 * rows that are on their way, as high as rows are; nothing that is in sight jumps when they come. A few rows beyond the
 * window are in the page, whatever the length.
 */
export function Table<Row>(props: TableProps<Row>) {
  const {
    label,
    name,
    columns,
    rows,
    keyOf,
    total,
    estimatePx,
    classOf,
    detail,
    selectedKey,
    settling,
    resumes,
    onNearEnd,
    onSight,
  } = props;
  // Kept while the rows are the same: with another function every row would be placed anew.
  const keyAt = useCallback(
    (index: number): string | undefined => {
      const row = rows[index];
      return row === undefined ? undefined : keyOf(row);
    },
    [rows, keyOf],
  );
  const list = useRows<HTMLTableElement>({
    count: rows.length,
    name,
    estimatePx,
    keyOf: keyAt,
    byPlace: onSight !== undefined,
    resumes: resumes === true,
  });
  const last = list.pieces.findLast((piece) => piece.kind === 'row');
  const nearEnd = last !== undefined && last.kind === 'row' && last.index >= rows.length - NEAR_END_ROWS;
  useEffect(() => {
    if (nearEnd) onNearEnd?.();
  }, [nearEnd, onNearEnd]);
  const { first: firstInSight, last: lastInSight } = list.sight;
  useEffect(() => {
    if (lastInSight >= firstInSight) onSight?.(firstInSight, lastInSight);
  }, [firstInSight, lastInSight, onSight]);
  useScrollToSelected(rows, keyOf, selectedKey, list.scrollTo);

  const long = rows.length > LONG_ROWS_MIN;
  return (
    <div className={long ? 'ps-rows ps-rows-long' : 'ps-rows'}>
      {long && <div className="ps-rows-behind" aria-hidden="true" style={{ backgroundSize: `100% ${list.rowPx}px` }} />}
      <table
        ref={list.container}
        className={`ps-table ps-table-${name}${settling ? ' ps-settling' : ''}`}
        aria-busy={settling}
        aria-label={label}
        aria-rowcount={total + 1}
        onKeyDown={list.onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`ps-column-${column.key}`}
                {...(column.sorted === undefined ? {} : { 'aria-sort': column.sorted })}
              >
                {column.head ?? column.header}
              </th>
            ))}
          </tr>
        </thead>
        {list.pieces.map((piece) => {
          if (piece.kind === 'gap') {
            return <Gap key={piece.key} heightPx={piece.heightPx} rowPx={list.rowPx} columns={columns.length} />;
          }
          const row = rows[piece.index];
          if (row === undefined) {
            return <Awaited key={piece.key} index={piece.index} rowPx={list.rowPx} columns={columns.length} />;
          }
          return (
            <TableRow
              key={piece.key}
              index={piece.index}
              row={row}
              columns={columns}
              className={classOf?.(row)}
              below={detail?.(row) ?? null}
              measure={list.measure}
              onFocus={list.onFocus}
            />
          );
        })}
      </table>
    </div>
  );
}

interface TableRowProps<Row> {
  readonly index: number;
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly className: string | undefined;
  readonly below: ReactNode | null;
  readonly measure: (element: Element | null) => void;
  readonly onFocus: (index: number) => void;
}

function PlainRow<Row>({ index, row, columns, className, below, measure, onFocus }: TableRowProps<Row>) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that came to another place is measured for that place
  const placed = useCallback((element: Element | null) => measure(element), [measure, index]);
  return (
    <tbody ref={placed} data-index={index} className={className} onFocus={() => onFocus(index)}>
      <tr aria-rowindex={index + 2}>
        {columns.map((column) => (
          <td key={column.key} className={`ps-column-${column.key}`} data-label={column.header}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {below !== null && (
        <tr className="ps-detail-row">
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </tbody>
  );
}

/** While somebody scrolls the rows that stay are not rendered again. `memo` forgets that the row is of any kind. */
const TableRow = memo(PlainRow) as typeof PlainRow;

interface GapProps {
  readonly heightPx: number;
  readonly rowPx: number;
  readonly columns: number;
}

/** Where a fast scroll is ahead of the page it shows the shape of rows, never a blank. */
function Gap({ heightPx, rowPx, columns }: GapProps) {
  return (
    <tbody className="ps-gap" aria-hidden="true">
      <tr>
        <td colSpan={columns} style={{ height: heightPx, backgroundSize: `100% ${rowPx}px` }} />
      </tr>
    </tbody>
  );
}

interface AwaitedProps {
  readonly index: number;
  readonly rowPx: number;
  readonly columns: number;
}

/** A row whose page is on its way; as high as rows are, so that nothing jumps when it comes. */
function Awaited({ index, rowPx, columns }: AwaitedProps) {
  return (
    <tbody className="ps-gap" data-index={index} aria-busy="true">
      <tr aria-rowindex={index + 2}>
        <td colSpan={columns} style={{ height: rowPx, backgroundSize: `100% ${rowPx}px` }}>
          <span className="ps-unseen">{strings.list.loading}</span>
        </td>
      </tr>
    </tbody>
  );
}

/** A link to one row shows that row, once: afterwards the reader scrolls. */
function useScrollToSelected<Row>(
  rows: readonly (Row | undefined)[],
  keyOf: (row: Row) => string,
  selectedKey: string | undefined,
  scrollTo: (index: number) => void,
): void {
  const first = useRef(selectedKey);
  useEffect(() => {
    if (first.current === undefined) return;
    const index = rows.findIndex((row) => row !== undefined && keyOf(row) === first.current);
    if (index < 0) return;
    first.current = undefined;
    // The list learns its own place in the page only when it is there.
    requestAnimationFrame(() => scrollTo(index));
  });
}

interface MoreProps {
  readonly loaded: number;
  readonly total: number;
  readonly loading: boolean;
}

/** How much of the list is loaded, while not all of it is. */
export function LoadedSoFar({ loaded, total, loading }: MoreProps) {
  if (loaded >= total && !loading) return null;
  return (
    <p className="ps-loaded" role="status">
      {loading ? strings.list.loadingMore : strings.list.loadedOf(loaded, total)}
    </p>
  );
}

import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { type LeftRow, leaveThrough, resumeAt } from './resume.ts';
import { useRowHeight } from './row-height.ts';

/** Rows kept beyond the window on either side, so that fast scrolling shows no blanks. */
const OVERSCAN_ROWS = 12;
/** Nobody sees a row move by a pixel. */
const UNSEEN_PX = 1;
/**
 * A list of rows known by their places becomes longer and shorter in steps of so many. Whenever a page changes its length
 * Chromium lets go of the scroll bar that somebody drags, until the next movement.
 */
const LENGTH_STEP_ROWS = 100;
/** The header of the page and that of the table cover this much of the top of the window. */
const COVERED_TOP_PX = 112;
const COVERED_BOTTOM_PX = 24;

interface RowsOptions {
  readonly count: number;
  /** Names the list: its rows are as high as they were when it was seen last. */
  readonly name: string;
  readonly estimatePx: number;
  /** Undefined for a row that is not loaded. */
  readonly keyOf: (index: number) => string | undefined;
  /**
   * Rows are known by their places: there are all of them from the start, most of them not loaded, and one that is
   * loaded, or let go of, is no reason to measure or to move anything.
   */
  readonly byPlace: boolean;
  /** When the reader comes back the list goes on at the row through which they left it. */
  readonly resumes: boolean;
}

interface Rows<Container extends HTMLElement> {
  readonly container: RefObject<Container | null>;
  readonly pieces: readonly Piece[];
  /** The height of a row that is not there yet. */
  readonly rowPx: number;
  readonly measure: (element: Element | null) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (index: number) => void;
  readonly scrollTo: (index: number) => void;
  /** The first and the last row in the page; where none is, the first is the greater. */
  readonly sight: { readonly first: number; readonly last: number };
}

/** A list of which only the visible rows are in the page, moved through with j and k or the arrow keys. */
export function useRows<Container extends HTMLElement>(options: RowsOptions): Rows<Container> {
  const { count, name, estimatePx, keyOf, byPlace, resumes } = options;
  const container = useRef<Container>(null);
  const active = useRef<LeftRow | null>(null);
  const activeIndex = (): number => (active.current === null ? -1 : indexOf(active.current, count, keyOf));
  const top = useTop(container);
  const rowHeightPx = useRowHeight(container, name, estimatePx);
  const rowPx = byPlace ? rowHeightPx : estimatePx;
  const keyAt = useCallback((index: number): string => keyOf(index) ?? String(index), [keyOf]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function makes the list place its rows anew
  const placeOf = useCallback((index: number): number => index, [rowPx]);

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    getItemKey: byPlace ? placeOf : keyAt,
    // To the fraction of a pixel: what is rounded adds up to a page that becomes longer and shorter.
    measureElement: (row) => row.getBoundingClientRect().height,
    overscan: OVERSCAN_ROWS,
    scrollMargin: top,
    scrollPaddingStart: COVERED_TOP_PX,
    scrollPaddingEnd: COVERED_BOTTOM_PX,
    useFlushSync: false,
    // The row with the focus stays in the page, or the keyboard would lose its place.
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), activeIndex()),
  });

  // A row above what is seen that is higher than thought: the reader stays at the row at which they are.
  if (byPlace) {
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ start }, differencePx, { scrollOffset }) =>
      scrollOffset !== null && start < scrollOffset && Math.abs(differencePx) > UNSEEN_PX;
  }

  const focusRow = useCallback(
    (index: number): void => {
      if (index < 0 || index >= count) return;
      active.current = { key: keyOf(index), index };
      virtualizer.scrollToIndex(index, { align: 'auto' });
      // The row may have to be rendered first.
      requestAnimationFrame(() => mainOf(container.current, index)?.focus({ preventScroll: true }));
    },
    [count, keyOf, virtualizer],
  );
  useResume(resumes ? name : undefined, active, activeIndex, (row) => {
    const at = indexOf(row, count, keyOf);
    // Its page may not be loaded yet: the place is what the reader knows it by.
    focusRow(at < 0 ? row.index : at);
  });

  const move = (by: 1 | -1): void => focusRow(active.current === null ? 0 : activeIndex() + by);
  useShortcut('j', strings.keys.next, () => move(1));
  useShortcut('k', strings.keys.previous, () => move(-1));

  const there = virtualizer.getVirtualItems();
  const totalPx = virtualizer.getTotalSize();
  const endIsThere = there.at(-1)?.index === count - 1;
  const lengthPx = byPlace && !endIsThere ? roundedUp(totalPx, LENGTH_STEP_ROWS * Math.ceil(rowPx)) : totalPx;
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 1, endIndex: 0 };
  return {
    container,
    rowPx,
    sight: { first: startIndex, last: endIndex },
    pieces: piecesOf(there, top, top + lengthPx, keyAt),
    measure: virtualizer.measureElement,
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      if (!(event.target instanceof Element) || event.target.closest('[data-row-main]') === null) return;
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    },
    onFocus: useCallback(
      (index: number): void => {
        active.current = { key: keyOf(index), index };
      },
      [keyOf],
    ),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'start' }),
  };
}

/** Where the list begins in the page. Notes above it come and go, so it is looked up after every rendering. */
function useTop(container: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const box = container.current?.getBoundingClientRect();
    if (box === undefined) return;
    const next = Math.round(box.top + window.scrollY);
    if (next !== top) setTop(next);
  });
  return top;
}

/** Remembers the active row of a list that is left, and goes to it when the list is there again. */
function useResume(
  name: string | undefined,
  active: RefObject<LeftRow | null>,
  activeIndex: () => number,
  focusRow: (row: LeftRow) => void,
): void {
  const latest = useRef({ activeIndex, focusRow });
  useEffect(() => {
    latest.current = { activeIndex, focusRow };
  });
  useEffect(() => {
    if (name === undefined) return;
    const row = resumeAt(name);
    if (row !== undefined) latest.current.focusRow(row);
    return () => {
      if (active.current !== null) {
        leaveThrough(name, { key: active.current.key, index: latest.current.activeIndex() });
      }
    };
  }, [name, active]);
}

/** Rows come and go above the active one, so that it is known by its key; where it is not loaded, by its place. */
function indexOf({ key, index: before }: LeftRow, count: number, keyOf: (index: number) => string | undefined): number {
  if (before < count) {
    const there = keyOf(before);
    if (there === key || there === undefined) return before;
  }
  for (let index = 0; key !== undefined && index < count; index += 1) {
    if (keyOf(index) === key) return index;
  }
  return -1;
}

function roundedUp(heightPx: number, stepPx: number): number {
  return Math.ceil(heightPx / stepPx) * stepPx;
}

function withRow(indexes: number[], row: number): number[] {
  if (row < 0 || indexes.includes(row)) return indexes;
  return [...indexes, row].sort((a, b) => a - b);
}

/** What in a row takes the focus: its link or button. */
function mainOf(container: HTMLElement | null, index: number): HTMLElement | null {
  return container?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-main]`) ?? null;
}

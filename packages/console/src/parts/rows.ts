import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { type LeftRow, leaveThrough, resumeAt } from './resume.ts';

/** Rows kept beyond the window on either side, so that fast scrolling shows no blanks. */
const OVERSCAN_ROWS = 12;
/** The header of the page and that of the table cover this much of the top of the window. */
const COVERED_TOP_PX = 112;
const COVERED_BOTTOM_PX = 24;

interface RowsOptions {
  readonly count: number;
  readonly estimatePx: number;
  readonly keyOf: (index: number) => string;
  /** The name of a list that goes on, when the reader comes back, at the row through which they left. */
  readonly resumes?: string;
}

interface Rows<Container extends HTMLElement> {
  readonly container: RefObject<Container | null>;
  readonly pieces: readonly Piece[];
  readonly measure: (element: Element | null) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (index: number) => void;
  readonly scrollTo: (index: number) => void;
  /** The first and the last row in the page; where none is, the first is the greater. */
  readonly sight: { readonly first: number; readonly last: number };
}

/** A list of which only the visible rows are in the page, moved through with j and k or the arrow keys. */
export function useRows<Container extends HTMLElement>(options: RowsOptions): Rows<Container> {
  const { count, estimatePx, keyOf, resumes } = options;
  const container = useRef<Container>(null);
  const active = useRef<string | null>(null);
  const activeIndex = (): number => indexOf(active.current, count, keyOf);
  const top = useTop(container);

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => estimatePx,
    getItemKey: keyOf,
    overscan: OVERSCAN_ROWS,
    scrollMargin: top,
    scrollPaddingStart: COVERED_TOP_PX,
    scrollPaddingEnd: COVERED_BOTTOM_PX,
    useFlushSync: false,
    // The row with the focus stays in the page, or the keyboard would lose its place.
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), activeIndex()),
  });

  const focusRow = useCallback(
    (index: number): void => {
      if (index < 0 || index >= count) return;
      active.current = keyOf(index);
      virtualizer.scrollToIndex(index, { align: 'auto' });
      // The row may have to be rendered first.
      requestAnimationFrame(() => mainOf(container.current, index)?.focus({ preventScroll: true }));
    },
    [count, keyOf, virtualizer],
  );
  useResume(resumes, active, activeIndex, ({ key, index }) => {
    const at = indexOf(key, count, keyOf);
    // Its page may not be loaded yet: the place is what the reader knows it by.
    focusRow(at < 0 ? index : at);
  });

  const move = (by: 1 | -1): void => focusRow(active.current === null ? 0 : activeIndex() + by);
  useShortcut('j', strings.keys.next, () => move(1));
  useShortcut('k', strings.keys.previous, () => move(-1));

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 1, endIndex: 0 };
  return {
    container,
    sight: { first: startIndex, last: endIndex },
    pieces: piecesOf(virtualizer.getVirtualItems(), top, top + virtualizer.getTotalSize(), keyOf),
    measure: virtualizer.measureElement,
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      if (!(event.target instanceof Element) || event.target.closest('[data-row-main]') === null) return;
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    },
    onFocus: (index) => {
      active.current = keyOf(index);
    },
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
  active: RefObject<string | null>,
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
        leaveThrough(name, { key: active.current, index: latest.current.activeIndex() });
      }
    };
  }, [name, active]);
}

/** Rows come and go above the active one, so that it is known by its key. */
function indexOf(key: string | null, count: number, keyOf: (index: number) => string): number {
  for (let index = 0; key !== null && index < count; index += 1) {
    if (keyOf(index) === key) return index;
  }
  return -1;
}

function withRow(indexes: number[], row: number): number[] {
  if (row < 0 || indexes.includes(row)) return indexes;
  return [...indexes, row].sort((a, b) => a - b);
}

/** What in a row takes the focus: its link or button. */
function mainOf(container: HTMLElement | null, index: number): HTMLElement | null {
  return container?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-main]`) ?? null;
}

import { type RefObject, useLayoutEffect, useReducer } from 'react';

/** So many rows are measured before their height is believed. */
const ROWS_MEASURED_MIN = 6;
/** Below it rows are cards, and higher. The style sheet says the same. */
const CARDS_BELOW = '(max-width: 48rem)';

/** How high the rows of each list are, as lines and as cards, once some of them were seen. */
const learned = new Map<string, number>();

/**
 * How high a row is that is not there yet. Rows of a fleet with tags are higher than those of one without, so that it is
 * learned from the first ones: what stands in for a row must be as high as the row, or everything below it jumps.
 */
export function useRowHeight(container: RefObject<HTMLElement | null>, list: string, estimatePx: number): number {
  const [, seeAgain] = useReducer((times: number) => times + 1, 0);
  const key = `${list} ${window.matchMedia(CARDS_BELOW).matches ? 'cards' : 'lines'}`;
  useLayoutEffect(() => {
    if (learned.has(key) || container.current === null) return;
    const rows = [...container.current.querySelectorAll<HTMLElement>('tbody[data-index]:not(.ps-gap)')];
    if (rows.length < ROWS_MEASURED_MIN) return;
    learned.set(key, median(rows.map((row) => row.getBoundingClientRect().height)));
    seeAgain();
  });
  return learned.get(key) ?? estimatePx;
}

/** What most rows are like; an average would fit none. */
function median(heights: readonly number[]): number {
  return heights.toSorted((a, b) => a - b)[Math.floor(heights.length / 2)] ?? 0;
}

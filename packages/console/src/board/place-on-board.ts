/** How many campaigns each column holds, and where the keyboard is. */
export interface PlaceOnBoard {
  readonly column: number;
  readonly row: number;
}

export type Step = 'up' | 'down' | 'left' | 'right';

const STEPS = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
} as const satisfies Record<string, Step>;

export function stepOf(key: string): Step | null {
  return key in STEPS ? STEPS[key as keyof typeof STEPS] : null; // `in` does not narrow a text.
}

/** The next place; sideways it passes over empty columns. At an edge it stays. */
export function stepped(counts: readonly number[], from: PlaceOnBoard | null, step: Step): PlaceOnBoard | null {
  if (from === null) return firstPlace(counts);
  if (step === 'up' || step === 'down') {
    const row = from.row + (step === 'down' ? 1 : -1);
    return row >= 0 && row < (counts[from.column] ?? 0) ? { ...from, row } : from;
  }
  const by = step === 'right' ? 1 : -1;
  for (let column = from.column + by; column >= 0 && column < counts.length; column += by) {
    const count = counts[column] ?? 0;
    if (count > 0) return { column, row: Math.min(from.row, count - 1) };
  }
  return from;
}

function firstPlace(counts: readonly number[]): PlaceOnBoard | null {
  const column = counts.findIndex((count) => count > 0);
  return column < 0 ? null : { column, row: 0 };
}

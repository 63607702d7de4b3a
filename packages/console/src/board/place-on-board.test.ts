import { describe, expect, it } from 'vitest';
import { stepOf, stepped } from './place-on-board.ts';

const COUNTS = [0, 2, 0, 3, 1, 0, 0];

describe('a step on the board', () => {
  it.each([
    ['down within a column', { column: 1, row: 0 }, 'down', { column: 1, row: 1 }],
    ['down stays at the end', { column: 1, row: 1 }, 'down', { column: 1, row: 1 }],
    ['up', { column: 3, row: 2 }, 'up', { column: 3, row: 1 }],
    ['up stays at the top', { column: 3, row: 0 }, 'up', { column: 3, row: 0 }],
    ['right over an empty room', { column: 1, row: 1 }, 'right', { column: 3, row: 1 }],
    ['right into a shorter one', { column: 3, row: 2 }, 'right', { column: 4, row: 0 }],
    ['right stays in the last', { column: 4, row: 0 }, 'right', { column: 4, row: 0 }],
    ['left over an empty room', { column: 3, row: 2 }, 'left', { column: 1, row: 1 }],
    ['left stays in the first', { column: 1, row: 0 }, 'left', { column: 1, row: 0 }],
  ] as const)('%s', (_, from, step, to) => {
    expect(stepped(COUNTS, from, step)).toEqual(to);
  });

  it('begins with the first campaign, where there is one', () => {
    expect(stepped(COUNTS, null, 'down')).toEqual({ column: 1, row: 0 });
    expect(stepped([0, 0], null, 'down')).toBeNull();
  });
});

it('knows the arrow keys alone', () => {
  expect(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'j'].map(stepOf)).toEqual([
    ...['up', 'down', 'left', 'right', null, null],
  ]);
});

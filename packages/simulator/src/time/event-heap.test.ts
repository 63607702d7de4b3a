import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventHeap } from './event-heap.ts';

it('gives the soonest first, and of two at one time the one that was made first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), (times) => {
      const heap = new EventHeap();
      const seen: [number, number][] = [];
      for (const [index, at] of times.entries()) heap.push(at, () => seen.push([at, index]));
      for (let due = heap.pop(); due !== undefined; due = heap.pop()) due.act();

      const expected = times.map((at, index): [number, number] => [at, index]).sort(([a], [b]) => a - b);
      expect(seen).toEqual(expected);
      expect(heap.size).toBe(0);
    }),
  );
});

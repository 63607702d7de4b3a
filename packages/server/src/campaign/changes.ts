import type { Changed, NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';

/** What several steps of one change leave behind, in their order. */
export class Changes {
  readonly leaves: NewLeaf[] = [];
  readonly wishes: Wish[] = [];
  readonly timers: TimerChange[] = [];

  add({ leaves = [], wishes = [], timers = [] }: Omit<Changed<unknown>, 'value'>): void {
    this.leaves.push(...leaves);
    this.wishes.push(...wishes);
    this.timers.push(...timers);
  }

  with<T>(value: T): Changed<T> {
    return { value, leaves: this.leaves, wishes: this.wishes, timers: this.timers };
  }
}

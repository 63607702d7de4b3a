import { expect, test } from 'vitest';
import { pidsWithWriteLocks } from './lock-holder.ts';

// proc_locks(5), its own example with a waiter and other kinds of locks beside it.
test('only who holds a write lock of fcntl counts, once', () => {
  const text = [
    '1: POSIX  ADVISORY  READ  5433 08:01:7864448 128 128',
    '2: FLOCK  ADVISORY  WRITE 2001 08:01:7864554 0 EOF',
    '3: POSIX  ADVISORY  WRITE 1568 00:2f:32388 0 EOF',
    '3: -> POSIX  ADVISORY  WRITE 1570 00:2f:32388 0 EOF',
    '4: POSIX  ADVISORY  WRITE 1568 00:2f:32389 0 EOF',
    '5: OFDLCK ADVISORY  WRITE -1 08:01:8713209 128 191',
    '',
  ].join('\n');

  expect(pidsWithWriteLocks(text)).toEqual([1568]);
});

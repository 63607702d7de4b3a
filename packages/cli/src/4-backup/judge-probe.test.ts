import { expect, it } from 'vitest';
import { LOCK_STALE_MS, newestOf, type ProbeFacts, problemOf } from './judge-probe.ts';

const NOW = Date.UTC(2026, 10, 22, 19);
const HOUR = 3_600_000;
const snapshot = { id: 'a'.repeat(64), takenAt: NOW - HOUR, hostname: 'web-1', paths: ['/etc'] };
const lock = { at: NOW - 1_000, exclusive: false, hostname: 'backup', pid: 7, dead: false };
const facts: ProbeFacts = { host: 'web-1', snapshot, size: { bytes: 5, files: 1 }, locks: [], now: NOW };

it.each([
  ['a good snapshot', {}, null],
  ['a backup that runs beside it', { locks: [lock] }, null],
  ['a lock that nobody renewed', { locks: [{ ...lock, at: NOW - LOCK_STALE_MS - 1 }] }, 'stale-lock'],
  ['a lock of a process that is gone', { locks: [lock, { ...lock, dead: true }] }, 'stale-lock'],
  ['a repository that is being rebuilt', { locks: [{ ...lock, exclusive: true }] }, 'exclusive-lock'],
  ['no snapshot at all', { snapshot: null, size: null }, 'no-snapshot'],
  ['a snapshot of another host', { snapshot: { ...snapshot, hostname: 'web-10' } }, 'other-host'],
  ['a snapshot of tomorrow', { snapshot: { ...snapshot, takenAt: NOW + HOUR } }, 'snapshot-from-the-future'],
  ['a snapshot of nothing', { snapshot: { ...snapshot, paths: [] } }, 'no-paths'],
  ['a snapshot without a byte', { size: { bytes: 0, files: 1 } }, 'empty-snapshot'],
  ['a snapshot without a file', { size: { bytes: 5, files: 0 } }, 'empty-snapshot'],
] as const)('%s: %s', (_, more, problem) => {
  expect(problemOf({ ...facts, ...more })).toBe(problem);
});

it('takes the newest, whatever the order', () => {
  const older = { ...snapshot, takenAt: NOW - 2 * HOUR };

  expect(newestOf([older, snapshot])).toBe(snapshot);
  expect(newestOf([snapshot, older])).toBe(snapshot);
  expect(newestOf([])).toBeNull();
});

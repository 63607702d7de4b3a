import { expect, test } from 'vitest';
import { signalName, unitStateOf } from './systemd-units.ts';

test.each([
  ['not-found', 'inactive', 'dead', 0, 0, { kind: 'absent' }],
  ['loaded', 'inactive', 'dead', 1, 0, { kind: 'absent' }],
  ['loaded', 'activating', 'start', 0, 0, { kind: 'running' }],
  ['loaded', 'active', 'running', 0, 0, { kind: 'running' }],
  ['loaded', 'deactivating', 'stop-sigterm', 1, 100, { kind: 'running' }],
  ['loaded', 'active', 'exited', 1, 0, { kind: 'ended', exit: { kind: 'exited', code: 0 } }],
  ['loaded', 'failed', 'failed', 1, 100, { kind: 'ended', exit: { kind: 'exited', code: 100 } }],
  ['loaded', 'failed', 'failed', 2, 9, { kind: 'ended', exit: { kind: 'signaled', signal: 9 } }],
  ['loaded', 'failed', 'failed', 0, 0, { kind: 'ended', exit: { kind: 'unknown' } }],
])('%s %s %s with code %d and status %d', (load, active, sub, code, status, expected) => {
  const text = `LoadState=${load}\nActiveState=${active}\nSubState=${sub}\nExecMainCode=${code}\nExecMainStatus=${status}\n`;

  expect(unitStateOf(text)).toEqual(expected);
});

test('an empty answer is no unit', () => {
  expect(unitStateOf('')).toEqual({ kind: 'absent' });
});

test('signals go by their names', () => {
  expect([9, 15, 99].map(signalName)).toEqual(['SIGKILL', 'SIGTERM', '99']);
});

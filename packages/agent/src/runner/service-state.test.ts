import { expect, test } from 'vitest';
import { servicesOf } from './service-state.ts';

test('one state for each unit, in the order asked for', () => {
  const text = [
    'Id=acme.service\nLoadState=loaded\nActiveState=active\nNRestarts=2\nActiveEnterTimestampMonotonic=5000000\nActiveExitTimestampMonotonic=4200000',
    'Id=gone.service\nLoadState=not-found\nActiveState=inactive\nActiveEnterTimestampMonotonic=0\nActiveExitTimestampMonotonic=0',
    '',
  ].join('\n\n');

  expect(servicesOf(text, ['acme.service', 'gone.service', 'unsaid.service'])).toEqual([
    { unit: 'acme.service', known: true, active: true, restarts: 2, activeSinceMs: 5000, activeUntilMs: 4200 },
    { unit: 'gone.service', known: false, active: false, restarts: 0, activeSinceMs: 0, activeUntilMs: 0 },
    { unit: 'unsaid.service', known: false, active: false, restarts: 0, activeSinceMs: 0, activeUntilMs: 0 },
  ]);
});

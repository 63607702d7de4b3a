import { expect, it } from 'vitest';
import { quarantined } from './quarantine.ts';

it('keeps enough of a record to find it, however long it is', () => {
  expect(quarantined('DSA-1-1', 'no id')).toEqual({ record: 'DSA-1-1', problem: 'no id' });
  expect(quarantined('x'.repeat(5_000), 'y'.repeat(5_000))).toEqual({
    record: `${'x'.repeat(200)}…`,
    problem: `${'y'.repeat(200)}…`,
  });
});

import { expect, test } from 'vitest';
import { OutageWatch, sumOutages } from './outages.ts';
import type { ServiceState } from './service-state.ts';

function web(given: Partial<ServiceState> = {}): ServiceState {
  return { unit: 'web', known: true, active: true, restarts: 0, activeSinceMs: 0, activeUntilMs: 0, ...given };
}

test('an outage that lies between two looks has its exact length, and counts once', () => {
  const watch = new OutageWatch(10_000, []);
  const after = web({ activeUntilMs: 12_000, activeSinceMs: 12_340 });

  expect(watch.look([web({ activeSinceMs: 1_000 })], 11_000)).toEqual([]);
  expect(watch.look([after], 13_000)).toEqual([{ unit: 'web', downMs: 340, stoppedMs: 12_000 }]);
  expect(watch.look([after], 14_000)).toEqual([]);
  expect(watch.look([web({ activeUntilMs: 15_000, activeSinceMs: 15_001 })], 16_000)).toMatchObject([{ downMs: 1 }]);
});

test('a unit that systemd forgot while it was down: from the last look that found it up', () => {
  const watch = new OutageWatch(10_000, []);

  expect(watch.look([web({ activeSinceMs: 1_000 })], 10_500)).toEqual([]);
  expect(watch.look([web({ active: false })], 11_000)).toEqual([]);
  expect(watch.look([web({ active: false })], 11_500)).toEqual([]);
  expect(watch.look([web({ activeSinceMs: 12_200 })], 12_500)).toEqual([
    { unit: 'web', downMs: 1_700, stoppedMs: 10_500 },
  ]);
});

test('one that was forgotten between two looks: from the last that found it up', () => {
  const watch = new OutageWatch(10_000, []);
  watch.look([web({ activeSinceMs: 1_000 })], 10_500);

  expect(watch.look([web({ activeSinceMs: 10_900 })], 11_000)).toEqual([
    { unit: 'web', downMs: 400, stoppedMs: 10_500 },
  ]);
});

test('one that was before the departure, or is on record, is not counted', () => {
  const before = web({ activeUntilMs: 9_000, activeSinceMs: 9_500 });
  const seen = { unit: 'web', downMs: 500, stoppedMs: 12_000 };
  const same = web({ activeUntilMs: 12_000, activeSinceMs: 12_500 });

  expect(new OutageWatch(10_000, []).look([before], 11_000)).toEqual([]);
  expect(new OutageWatch(10_000, [seen]).look([same], 13_000)).toEqual([]);
});

test('one that goes on is as long as it is by now', () => {
  const watch = new OutageWatch(10_000, []);
  const down = web({ active: false, activeSinceMs: 1_000, activeUntilMs: 11_000 });

  expect(watch.look([down], 12_000)).toEqual([]);
  expect(watch.open([down, web({ unit: 'db' })], 14_000)).toEqual([{ unit: 'web', downMs: 3_000, stoppedMs: 11_000 }]);
});

test('each unit has one sum, and 0 where it was never down', () => {
  const outages = [
    { unit: 'web', downMs: 340 },
    { unit: 'web', downMs: 60 },
  ];

  expect(sumOutages(['db', 'web'], outages)).toEqual([
    { unit: 'db', downMs: 0 },
    { unit: 'web', downMs: 400 },
  ]);
});

import { expect, it } from 'vitest';
import { StoryClock } from './story-clock.ts';

it('starts in the past, runs with the machine, and is only ever moved forward', () => {
  let machine = 100_000;
  const clock = new StoryClock(10_000, () => machine);

  expect(clock.now()).toBe(10_000);
  machine += 5;
  expect(clock.now()).toBe(10_005);
  clock.moveTo(50_000);
  expect(clock.now()).toBe(50_000);
  clock.moveTo(20_000);
  expect(clock.now()).toBe(50_000);
});

it('never runs ahead of the machine, and looks rarely once it has arrived', () => {
  const clock = new StoryClock(10_000, () => 100_000);
  const before = clock.lookMs();

  clock.moveTo(200_000);

  expect(clock.now()).toBe(100_000);
  expect(clock.lookMs()).toBeGreaterThan(before);
});

import { expect, it } from 'vitest';
import { Process } from './process.ts';
import { Scheduler } from './scheduler.ts';

it('lets one go on at once, in the order of time', async () => {
  const scheduler = new Scheduler(0);
  const said: string[] = [];
  for (const [name, ms] of [
    ['slow', 20],
    ['fast', 5],
  ] as const) {
    const process = new Process(scheduler);
    scheduler.begin(async () => {
      for (let step = 1; step <= 2; step += 1) {
        await process.pause(ms);
        said.push(`${name} ${step} at ${scheduler.now}`);
      }
    });
  }
  await scheduler.run(100, () => false);

  expect(said).toEqual(['fast 1 at 5', 'fast 2 at 10', 'slow 1 at 20', 'slow 2 at 40']);
});

it('what a process that was killed waited for never comes, and who watched it is told', async () => {
  const scheduler = new Scheduler(0);
  const process = new Process(scheduler);
  const said: string[] = [];
  process.whenKilled(() => said.push('killed'));
  const forget = process.whenKilled(() => said.push('forgotten'));
  forget();
  scheduler.begin(async () => {
    await process.pause(10);
    said.push('too late');
  });
  scheduler.at(5, () => process.kill());
  await scheduler.run(100, () => false);

  expect(said).toEqual(['killed']);
});

it('an activity that throws is a bug, and not swallowed', async () => {
  const scheduler = new Scheduler(0);
  scheduler.begin(() => Promise.reject(new Error('a bug')));

  await expect(scheduler.run(100, () => false)).rejects.toThrow('a bug');
});

it('ends at its horizon, and where it is told that it is over', async () => {
  const scheduler = new Scheduler(0);
  const tick = (): void => scheduler.after(10, tick);
  tick();
  await scheduler.run(35, () => false);
  expect(scheduler.now).toBe(30);
  await scheduler.run(1_000, () => scheduler.now >= 60);
  expect(scheduler.now).toBe(60);
});

it('an activity that waits for the real world is a bug, and nobody waits for it', async () => {
  const scheduler = new Scheduler(0);
  scheduler.begin(() => new Promise(() => undefined));

  await expect(scheduler.run(100, () => false)).rejects.toThrow('not of the simulated world');
});

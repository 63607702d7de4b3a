import { expect, test } from 'vitest';
import { createLog } from '../platform/log.ts';
import { startLoop } from './loop.ts';

const log = createLog({ level: 'silent' });
const LONG_MS = 60_000;

test('it looks at once, and again at once while there is more', async () => {
  const answers = ['more', 'more', 'done'] as const;
  let looks = 0;
  const finished = Promise.withResolvers<void>();
  const loop = startLoop({
    name: 'test',
    everyMs: LONG_MS,
    log,
    look: () => {
      const answer = answers[looks] ?? 'done';
      looks += 1;
      if (answer === 'done') finished.resolve();
      return Promise.resolve(answer);
    },
  });

  await finished.promise;
  await loop.stop();

  expect(looks).toBe(3);
});

test('woken while it looks, it looks once more: what came in between is not missed', async () => {
  let looks = 0;
  const second = Promise.withResolvers<void>();
  const loop = startLoop({
    name: 'test',
    everyMs: LONG_MS,
    log,
    look: () => {
      looks += 1;
      if (looks === 1) loop.wake();
      else second.resolve();
      return Promise.resolve('done');
    },
  });

  await second.promise;
  await loop.stop();

  expect(looks).toBe(2);
});

test('without being woken it looks now and then', async () => {
  let looks = 0;
  const third = Promise.withResolvers<void>();
  const loop = startLoop({
    name: 'test',
    everyMs: 1,
    log,
    look: () => {
      looks += 1;
      if (looks === 3) third.resolve();
      return Promise.resolve('done');
    },
  });

  await third.promise;
  await loop.stop();
});

test('it never looks twice at once, and stopping waits for the look that runs', async () => {
  let inside = 0;
  let most = 0;
  const loop = startLoop({
    name: 'test',
    everyMs: 1,
    log,
    look: async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
      return 'more';
    },
  });
  for (let turn = 0; turn < 20; turn += 1) {
    loop.wake();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }

  await loop.stop();

  expect(inside).toBe(0);
  expect(most).toBe(1);
});

test('a look that fails does not end the loop', async () => {
  let looks = 0;
  const second = Promise.withResolvers<void>();
  const loop = startLoop({
    name: 'test',
    everyMs: LONG_MS,
    log,
    look: () => {
      looks += 1;
      if (looks === 1) {
        queueMicrotask(() => setTimeout(() => loop.wake(), 5));
        return Promise.reject(new Error('the database is gone'));
      }
      second.resolve();
      return Promise.resolve('done');
    },
  });

  await second.promise;
  await loop.stop();

  expect(looks).toBe(2);
});

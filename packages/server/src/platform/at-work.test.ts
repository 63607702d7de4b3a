import { expect, it } from 'vitest';
import { AtWork } from './at-work.ts';

const nothingDue = () => Promise.resolve(true);

it('is idle where nothing is in hand and the look finds nothing', async () => {
  const atWork = new AtWork();

  expect(await atWork.isIdleAround(nothingDue)).toBe(true);
  expect(await atWork.isIdleAround(() => Promise.resolve(false))).toBe(false);
});

it('is not idle while one of two is in hand, and does not look then', async () => {
  const atWork = new AtWork();
  const [first, second] = [atWork.begin(), atWork.begin()];
  let looks = 0;
  const look = () => {
    looks += 1;
    return nothingDue();
  };

  first();
  expect(await atWork.isIdleAround(look)).toBe(false);
  expect(looks).toBe(0);
  second();
  expect(await atWork.isIdleAround(look)).toBe(true);
});

it.each([
  ['began', (atWork: AtWork) => void atWork.begin()],
  ['began and ended', (atWork: AtWork) => atWork.begin()()],
])('does not believe a look during which something %s', async (_, meanwhile) => {
  const atWork = new AtWork();

  const isIdle = await atWork.isIdleAround(async () => {
    meanwhile(atWork);
    return true;
  });

  expect(isIdle).toBe(false);
});

import { expect, it } from 'vitest';
import { play } from './play.ts';

/** Seeds that once broke a promise; each names what was mended. Their stories change with whatever is played anew: the commit that mended one plays it as it was. */
it.each([
  [24, 'a wave in which nobody started, after a campaign that was resumed before it was opened, never ended'],
  [3839, 'the promise forgot a failure that the host told itself, when a person answered for its silence later'],
  [4812, 'the same, with another host'],
  [7019, 'the last host came to its end while people had stopped the campaign, and no plan was left to resume with'],
  [16916, 'the promise asked a wrong clock for the right time, with nobody left who tells it'],
  [518, 'a clone was told the grant of its original, and both began one work order'],
  [887, 'a host that was granted its start before a halt, and had heard of the halt, began'],
  [2842, 'the authority of a plan ended while a wave was open, and in replanning nothing was left to plan'],
  [8775, 'the promise took a host for the copy of it that took the same work order back, told so by nobody'],
  [22080, 'somebody changed a package while the host was down after its upgrade, and the runner said that it was done'],
  [45768, 'a clone began and hung, and ten minutes later its original handed the grant back and began as well'],
  [60091, 'the same, with another host'],
  [20435, 'the promise took a copy for the host that took the same work order back after it was copied'],
  [42478, 'the same, with another host'],
  [25867, 'the promise asked a wrong clock whether a reboot was late, which by the right time it was not'],
  [43559, 'a grant was committed a moment after the failure that reached the limit, which it had not seen'],
])('seed %i: %s', async (seed) => {
  expect((await play(seed)).broken).toEqual([]);
});

import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { describeWithDatabase } from '../packages/server/src/platform/testing/database.ts';
import { OpenedDemo } from './testing/opened.ts';
import { STANDINGS, standingsOf } from './testing/standings.ts';

const SHARE = 0.1;
/** Other hours and other days of the week, midnight and the turn of the week among them wherever today stands. */
const HOURS_AGO = Array.from({ length: 14 }, (_, index) => index * 13);

describeWithDatabase('the story of the demo, told at other times of the week', () => {
  it.each(HOURS_AGO)('ends as it should when told %d hours ago', async (hoursAgo) => {
    const demo = await OpenedDemo.open(SHARE, undefined, () => Date.now() - hoursAgo * HOUR_MS);
    try {
      expect(standingsOf(await demo.campaigns(await demo.as('ivy')))).toEqual(STANDINGS);
    } finally {
      await demo.close();
    }
  });
});

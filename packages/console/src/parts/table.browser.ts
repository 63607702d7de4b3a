import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { CDPSession, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { fillFleet } from '../../../../bench/api/fill.ts';
import { describeWithDatabase } from '../../../server/src/platform/testing/database.ts';
import { PAGES_KEPT_MAX } from '../platform/kept-pages.ts';
import { LOOK_EVERY_MS } from '../platform/sight-pace.ts';
import { describeInBrowser, keepScreenshot, SCREENSHOTS, type Visit, visit } from '../platform/testing/browser.ts';
import { blankStripesPx, filmed } from '../platform/testing/pictures.ts';
import { openRealHouse, type RealHouse } from '../platform/testing/real-house.ts';
import { drag, filled, press, roll, type Scrolling, scrolled } from '../platform/testing/scrolling.ts';

const ASSETS = 20_000;
/** Many hosts, few kinds of them: it is the length of the list that counts. */
const FLEET = { assets: ASSETS, findings: 0, packageSets: 60, sources: 3_000 };
const PASSWORD = 'seven quiet herons by the weir';
/** The whole page with some forty rows of the table. All rows would be 600,000. */
const ELEMENTS_MAX = 2_000;
/** Google's limit for a good page is 0.1, for everything that happens on it. */
const LAYOUT_SHIFT_MAX = 0.05;
/** The pages in sight and those that come next. */
const PAGES_OF_A_LOOK = 5;
/** What was loaded and let go of again may cost so much, and not ten times as much for ten times the rows. */
const HEAP_GROWTH_BYTES_MAX = 30_000_000;

/**
 * Without blanks: in every frame each pixel of the table's visible part belongs to a row with its words, or to the shape
 * of a row that is on its way, as high as rows are; and when the movement ends, rows with their words take its place.
 */
function story(): void {
  let house: RealHouse;
  let visited: Visit;
  let page: Page;
  let cdp: CDPSession;
  const figures: Record<string, unknown> = {};

  beforeAll(async () => {
    house = await openRealHouse({ scrollBars: true, fill: (db) => fillFleet(db, FLEET, DEFAULT_POLICY.version) });
    visited = await visit(house.browser, { origin: house.server.consoleUrl });
    page = visited.page;
    cdp = await visited.context.newCDPSession(page);
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.goto('/assets');
    await row(0).getByRole('link').waitFor();
    // The pointer goes to the table, and no hint covers it.
    await page.mouse.move(600, 500);
  });
  afterAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    writeFileSync(join(SCREENSHOTS, 'table-20000.json'), `${JSON.stringify(figures, null, 2)}\n`);
    await visited.context.close();
    await house.close();
  });

  const row = (index: number) => page.locator(`tbody[data-index="${index}"]`);
  const home = async (): Promise<void> => {
    await page.keyboard.press('Home');
    await page.waitForFunction(() => window.scrollY === 0);
    await filled(page);
  };

  const leap = async (key: 'Home' | 'End'): Promise<void> => {
    const before = await page.evaluate(() => window.scrollY);
    await page.keyboard.press(key);
    await page.waitForFunction((scrolledPx) => window.scrollY !== scrolledPx, before);
  };
  afterEach(() => page.unrouteAll());

  it('has a place for every row, and few of them in the page', async () => {
    expect(await page.locator('table').getAttribute('aria-rowcount')).toBe(String(ASSETS + 1));
    expect(await page.evaluate(() => document.getElementsByTagName('*').length)).toBeLessThan(ELEMENTS_MAX);
  });

  it.each([
    ['top', 'reading, with the wheel', () => roll(cdp, 12_000, 2_500)],
    ['top', 'flicking the wheel', () => roll(cdp, 100_000, 20_000)],
    ['top', 'the wheel through the whole table', () => roll(cdp, 2_200_000, 250_000)],
    ['top', 'PageDown, held', () => press(page, 'PageDown', 60)],
    ['here', 'PageUp, held', () => press(page, 'PageUp', 20)],
    ['here', 'End', () => leap('End')],
    ['here', 'Home', () => leap('Home')],
    ['top', 'the scroll bar, dragged far', () => drag(page, { toPx: 700, stepPx: 14 })],
    ['top', 'the scroll bar, dragged slowly', () => drag(page, { toPx: 40, stepPx: 1 })],
  ] as const)('shows no blank, from %s: %s', async (from, name, act) => {
    if (from === 'top') await home();
    const scrolling = await scrolled(page, act);

    figures[name] = figuresOf(scrolling);
    const { frames, tookMs, asked } = scrolling;
    expect(frames.length).toBeGreaterThan(5);
    expect(frames.filter(({ blankPx }) => blankPx > 1)).toEqual([]);
    expect(frames.reduce((sum, { shift }) => sum + shift, 0)).toBeLessThan(LAYOUT_SHIFT_MAX);
    expect(Math.max(...frames.map(({ elements }) => elements))).toBeLessThan(ELEMENTS_MAX);
    expect(asked).toBeLessThanOrEqual((tookMs / LOOK_EVERY_MS + 2) * PAGES_OF_A_LOOK);
    expect(visited.complaints).toEqual([]);
  });

  it('never springs back from where the scroll bar is dragged', async () => {
    await home();
    const { frames } = await scrolled(page, () => drag(page, { toPx: 600, stepPx: 12 }));

    const windowPx = await page.evaluate(() => window.innerHeight);
    const back = frames.filter(({ scrolledPx }, at) => scrolledPx < (frames[at - 1]?.scrolledPx ?? 0) - windowPx);
    expect(back).toEqual([]);
    expect(frames.at(-1)?.scrolledPx).toBeGreaterThan(500_000);
  });

  it('shows the last row at the end, and the first one at the beginning', async () => {
    await page.keyboard.press('End');
    await row(ASSETS - 1)
      .getByRole('link')
      .waitFor();
    await filled(page);
    await keepScreenshot(page, 'table-20000-end');
    const box = await row(ASSETS - 1).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);

    await home();
    await row(0).getByRole('link').waitFor();
  });

  it('shows on the screen itself what it says, also while the wheel is flicked', async () => {
    await home();
    const rowPx = (await row(3).boundingBox())?.height ?? 0;
    const pictures = await filmed(cdp, () => roll(cdp, 60_000, 20_000));

    const stripes = await blankStripesPx(house.browser, pictures, { left: 320, right: 1200, top: 180 });
    const worst = stripes.indexOf(Math.max(...stripes));
    writeFileSync(join(SCREENSHOTS, 'table-20000-film.png'), pictures[worst] ?? '', 'base64');
    figures['film'] = { pictures: pictures.length, largestBlankPx: Math.max(...stripes), rowPx };
    expect(pictures.length).toBeGreaterThan(5);
    expect(Math.max(...stripes)).toBeLessThan(rowPx);
  });

  it('holds the place of rows that are on their way, and calls off what is out of sight again', async () => {
    // With nothing kept of what was seen before.
    await page.goto('/assets');
    await filled(page);
    // A browser may come back to where it had been scrolled on the same address.
    await home();
    await row(3).getByRole('link').waitFor();
    const rowPx = (await row(3).boundingBox())?.height ?? 0;
    const held: Request[] = [];
    await page.route('**/api/v1/assets?*', (route) => void held.push(route.request()));
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
    await expect.poll(() => held.length).toBeGreaterThan(0);

    await page.locator('tbody[aria-busy]').first().waitFor({ state: 'attached' });
    await keepScreenshot(page, 'table-20000-on-their-way');
    const heights = await page
      .locator('tbody[aria-busy]')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(8);
    expect(heights.every((height) => Math.abs(height - rowPx) <= 1)).toBe(true);

    const middle = [...held];
    const calledOff: Request[] = [];
    page.on('requestfailed', (request) => calledOff.push(request));
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect.poll(() => middle.filter((request) => !calledOff.includes(request))).toEqual([]);
    await page.unrouteAll();
    await home();
  });

  it('keeps a bounded number of pages', async () => {
    await home();
    const before = await heapBytes();
    for (let place = 1; place <= PAGES_KEPT_MAX; place += 1) {
      await page.evaluate(
        (share) => window.scrollTo(0, document.documentElement.scrollHeight * share),
        place / PAGES_KEPT_MAX,
      );
      await filled(page);
    }
    const growth = (await heapBytes()) - before;
    const again = page.waitForRequest((request) => new URL(request.url()).searchParams.get('skip') === '0');
    await home();

    await again;
    figures['memory'] = { heapBytes: before, growthBytes: growth };
    expect(growth).toBeLessThan(HEAP_GROWTH_BYTES_MAX);
  });

  async function heapBytes(): Promise<number> {
    await cdp.send('HeapProfiler.collectGarbage');
    return (await cdp.send('Runtime.getHeapUsage')).usedSize;
  }
}

function figuresOf({ frames, tookMs, filledAfterMs, asked, calledOff }: Scrolling) {
  return {
    frames: frames.length,
    withBlank: frames.filter(({ blankPx }) => blankPx > 1).length,
    withRowsOnTheirWay: frames.filter(({ awaitedPx }) => awaitedPx > 1).length,
    shift: Math.round(frames.reduce((sum, { shift }) => sum + shift, 0) * 10_000) / 10_000,
    elements: Math.max(...frames.map(({ elements }) => elements)),
    scrolledPx: Math.round(Math.max(...frames.map(({ scrolledPx }) => scrolledPx))),
    tookMs: Math.round(tookMs),
    filledAfterMs: Math.round(filledAfterMs),
    asked,
    calledOff,
  };
}

describeInBrowser('a table of 20,000 rows', () => {
  describeWithDatabase('on the real server', story);
});

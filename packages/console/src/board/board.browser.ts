import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, type Visit, visit } from '../platform/testing/browser.ts';
import { type FakeHouse, openFakeHouse } from '../platform/testing/house.ts';

/** What a first visit may cost in compressed script. */
const FIRST_LOAD_SCRIPT_BYTES_MAX = 250_000;

describeInBrowser('overview and board', () => {
  let house: FakeHouse;
  let visited: Visit;
  let page: Page;
  beforeAll(async () => {
    house = await openFakeHouse('release');
  });
  beforeEach(async () => {
    visited = await visit(house.browser, { origin: house.server.origin });
    page = visited.page;
  });
  afterEach(async () => {
    house.server.work = 'busy';
    await visited.context.close();
  });
  afterAll(() => house.close());

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-place'));

  it('loads less than 250 kB of compressed script for the first screen', async () => {
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body());
    });

    await page.goto('/');
    await page.getByText('Decide whether they go on').waitFor();
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);

    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_SCRIPT_BYTES_MAX);
  });

  it('moves over the board with the arrow keys, j and k', async () => {
    await page.goto('/campaigns');
    await page.getByText('Wave 2 of 4 runs').first().waitFor();

    await page.keyboard.press('j');
    expect(await focused()).toBe('1 0');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('2 1');
    await page.keyboard.press('k');
    expect(await focused()).toBe('2 0');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('1 0');
  });

  it('names all seven rooms and brings one into sight', async () => {
    await page.goto('/campaigns');
    const strip = page.getByRole('list', { name: 'Rooms' });
    await strip.waitFor();

    expect((await strip.innerText()).match(/\d\s+[A-Z][a-z]+/g)).toHaveLength(7);
    expect(await strip.getByRole('button', { name: /Identification/ }).count()).toBe(0);
    await strip.getByRole('button', { name: /Documentation/ }).click();

    expect(await focused()).toBe('6 0');
    const card = page.locator('.ps-board-card').filter({ has: page.locator('[data-place="6 0"]') });
    const box = await card.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1_280);
    expect(box?.width).toBeGreaterThanOrEqual(224);
  });

  it('keeps its filters in the address, and says what they leave out', async () => {
    await page.goto('/campaigns');
    await page.getByLabel('Show', { exact: true }).selectOption('late');
    await page.waitForURL('**/campaigns?only=late');
    await page.getByText('3 of 18 campaigns').waitFor();

    await page.getByLabel('Lane', { exact: true }).selectOption('mitigation');
    await page.waitForURL(
      ({ searchParams }) => searchParams.get('lane') === 'mitigation' && searchParams.get('only') === 'late',
    );
    await page.getByText('No open campaign is like that.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('18 campaigns', { exact: true }).waitFor();
  });

  it('loads again what the server says has changed, and nothing else', async () => {
    const line = page.waitForResponse('**/api/v1/events');
    await page.goto('/');
    await page.getByText('Decide whether they go on').waitFor();
    // Whoever is told of a change before the line stands hears nothing.
    await line;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    house.server.work = 'calm';

    house.server.tell(['feeds', 'assets']);
    house.server.tell(['overview']);
    await page.getByText('Nothing needs you.').waitFor();

    expect(asked).toEqual(['/api/v1/overview']);
    expect(visited.complaints).toEqual([]);
  });

  it('keeps no stream for a window that nobody sees', async () => {
    await page.goto('/');
    await page.getByText('Decide whether they go on').waitFor();
    const opened: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/events')) opened.push(request.url());
    });

    await show(page, 'hidden');
    house.server.work = 'calm';
    house.server.tell(['overview']);
    await show(page, 'visible');

    await page.getByText('Nothing needs you.').waitFor();
    expect(opened).toHaveLength(1);
  });

  it('loads again after a window was hidden before its first stream stood', async () => {
    // A server under load answers the stream late: the window is hidden before that.
    let lines = 0;
    await page.route('**/api/v1/events', async (route) => {
      lines += 1;
      if (lines > 1) await route.continue();
    });
    await page.goto('/');
    await page.getByText('Decide whether they go on').waitFor();

    await show(page, 'hidden');
    house.server.work = 'calm';
    await show(page, 'visible');

    await page.getByText('Nothing needs you.').waitFor();
    expect(lines).toBe(2);
  });

  it('tells whoever may not open a campaign why', async () => {
    house.server.may = [];
    await page.goto('/campaigns?view=proposals');
    const button = page.getByRole('button', { name: /^Open a campaign for openssl/ }).first();
    await button.waitFor();

    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('data-hint')).toContain('may look but not change');
    house.server.may = ['operator', 'administrator'];
  });
});

/** Makes the page believe that its window was hidden or is seen again. */
async function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: now });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

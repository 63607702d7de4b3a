import type { CampaignPage } from '@patchsteward/contract';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeAgent } from '../../server/src/1-identification/testing/fake-agent.ts';
import { osvFile } from '../../server/src/1-identification/testing/feed-files.ts';
import { inventory } from '../../server/src/1-identification/testing/inventories.ts';
import { describeWithDatabase } from '../../server/src/platform/testing/database.ts';
import {
  axeViolations,
  describeInBrowser,
  keepScreenshot,
  overflowing,
  type Visit,
  visit,
} from './platform/testing/browser.ts';
import { openRealHouse, type RealHouse } from './platform/testing/real-house.ts';

const PASSWORD = 'seven quiet herons by the weir';
const LATELY = `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`;
const ADVISORY = osvFile({
  published: LATELY,
  id: 'DSA-6000-1',
  package: 'curl',
  fixed: '7.88.1-10+deb12u15',
  upstream: ['CVE-2026-0001'],
});
/** Told as it happens: long before any list asks by itself. */
const LIVE_MS_MAX = 20_000;

/** From an empty house to a campaign on the board, on the real server: each step goes on where the last one ended. */
function story(): void {
  let house: RealHouse;
  let visited: Visit;
  let page: Page;
  beforeAll(async () => {
    house = await openRealHouse();
    visited = await visit(house.browser, { origin: house.server.consoleUrl });
    page = visited.page;
  });
  afterAll(async () => {
    await visited.context.close();
    await house.close();
  });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  /** As another window of the same person would do it. */
  function asked<Answer>(method: string, path: string, body?: string, type = 'application/json'): Promise<Answer> {
    return page.evaluate(
      async (given) => {
        const response = await fetch(given.path, {
          method: given.method,
          ...(given.body === undefined ? {} : { body: given.body, headers: { 'content-type': given.type } }),
        });
        const answer: unknown = await response.json();
        if (!response.ok) throw new Error(JSON.stringify(answer));
        return answer as Answer;
      },
      { method, path: `/api/v1/${path}`, body, type },
    );
  }

  async function look(name: string): Promise<void> {
    expect(await axeViolations(page, (theme) => keepScreenshot(page, `${name}-${theme}`))).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    expect(visited.complaints).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }

  it('begins with what is missing in an empty house', async () => {
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();

    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByText('There is no trust root yet').waitFor();
    await page.getByText('No host reports here yet.').waitFor();
    await page.getByText('Nothing is late, and everything planned can be done before it is due.').waitFor();
    await look('work-empty-house');
  });

  it('shows a host that enrolls while somebody looks', async () => {
    const { token } = await asked<{ token: string }>('POST', 'enrollment-tokens', JSON.stringify({ note: 'web-1' }));
    const agent = new FakeAgent(house.agentsPort, 'web-1');
    expect((await agent.enroll(token)).status).toBe(200);

    await page.getByText('No host reports here yet.').waitFor({ state: 'detached', timeout: LIVE_MS_MAX });
    await agent.report(inventory({ hostname: 'web-1', packages: 300, rebootNeeded: true }));
    const figure = page.locator('.ps-figure', { hasText: 'Reboot needed' });
    await figure.getByText('1', { exact: true }).waitFor({ timeout: LIVE_MS_MAX });
  });

  it('opens a campaign for what was found, after saying what follows', async () => {
    await asked('POST', 'feeds/debian-osv/import', ADVISORY, 'application/octet-stream');
    await page.getByRole('link', { name: 'Campaigns', exact: true }).click();
    await page.getByText('No campaign is open.').waitFor();
    await page.getByRole('link', { name: 'Could be opened', exact: true }).click();
    await page.getByText('curl').first().waitFor();
    await page.getByRole('button', { name: /^Open a campaign for curl/ }).click();

    const dialog = page.getByRole('dialog');
    await dialog.getByText('You become its requester').waitFor();
    await dialog.getByRole('button', { name: 'Choose none' }).click();
    await expect
      .poll(() => dialog.getByRole('button', { name: 'Open campaign' }).getAttribute('aria-disabled'))
      .toBe('true');
    await dialog.getByLabel('web-1').check();
    await dialog.getByRole('button', { name: 'Open campaign' }).click();

    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/);
  });

  it('puts it into its room on the board, reached by the keyboard alone', async () => {
    await page.goto('/campaigns');
    const room = page.getByRole('region', { name: '2 Evaluation: 1 campaign' });
    await room.getByRole('link', { name: /^curl/ }).waitFor();
    await room.getByText('asked by ada').waitFor();
    await look('work-board');

    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^curl/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/);
  });

  it('says on the overview what there is to do about it', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Assess the risk' }).waitFor();
    await page.getByRole('link', { name: /^curl/ }).first().waitFor();
    await look('work-overview');
  });

  it('tells at once what another window stops', async () => {
    await page.goto('/campaigns');
    const card = page.locator('li', { has: page.getByRole('link', { name: /^curl/ }) });
    await card.getByText('Waits', { exact: true }).waitFor();
    const { items } = await asked<CampaignPage>('GET', 'campaigns');
    const id = items[0]?.id ?? 'there is no campaign';
    await asked('POST', `campaigns/${id}/halt`, JSON.stringify({ why: 'the vendor asks to wait' }));

    await card.getByText('Stopped', { exact: true }).waitFor({ timeout: LIVE_MS_MAX });
    expect(visited.complaints).toEqual([]);
  });

  it('ends the stream of events with the session', async () => {
    const status = await page.evaluate(async () => {
      const before = await fetch('/api/v1/events');
      await before.body?.cancel();
      await fetch('/api/v1/session', { method: 'DELETE' });
      const after = await fetch('/api/v1/events');
      return [before.status, before.headers.get('content-type'), before.headers.get('content-encoding'), after.status];
    });

    expect(status).toEqual([200, 'text/event-stream; charset=utf-8', null, 401]);
  });
}

describeInBrowser('the work of a day', () => {
  describeWithDatabase('on the real server', story);
});

import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeAgent } from '../../server/src/1-identification/testing/fake-agent.ts';
import { kevFile, osvFile } from '../../server/src/1-identification/testing/feed-files.ts';
import { inventory } from '../../server/src/1-identification/testing/inventories.ts';
import { describeWithDatabase } from '../../server/src/platform/testing/database.ts';
import {
  axeViolations,
  describeInBrowser,
  keepScreenshot,
  overflowing,
  type Visit,
  visit,
  WIDTHS,
} from './platform/testing/browser.ts';
import { openRealHouse, type RealHouse } from './platform/testing/real-house.ts';

const PASSWORD = 'seven quiet herons by the weir';
/** Feeds say how old they are; these are of today. */
const LATELY = `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`;
const ADVISORY = osvFile({
  published: LATELY,
  id: 'DSA-6000-1',
  package: 'curl',
  fixed: '7.88.1-10+deb12u15',
  upstream: ['CVE-2026-0001', 'CVE-2026-0002'],
});

/** One story on the real server, real database and real agent protocol: each step goes on where the last one ended. */
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
  // Places of the menu have names that tabs of an asset have too.
  const tab = (name: string): Locator => page.getByRole('main').getByRole('link', { name });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  it('sends whoever comes without the link to the link', async () => {
    await page.goto('/');

    await page.waitForURL('**/sign-in?next=*');
    await page.getByText('Nobody has an account here yet').waitFor();
  });

  it('makes the first account with the printed link, after refusing a weak password', async () => {
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByText('At least 15 characters').waitFor();
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('patchsteward-password');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('common words').waitFor();
    await keepScreenshot(page, 'journey-weak-password');

    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();

    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByRole('link', { name: 'No host reports here yet.' }).waitFor();
    await page.goto('/assets');
    await page.getByText('Make an enrollment token').waitFor();
    await keepScreenshot(page, 'journey-no-assets');
  });

  it('enrolls a host with the command that is shown once', async () => {
    await page.getByRole('link', { name: 'Enroll a host' }).click();
    await page.getByLabel('Note').fill('the first host');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const command = await page.getByLabel('Enrollment command of the package').inputValue();
    const token = /ps1\.\S+/.exec(command)?.[0] ?? 'the command has no token';

    const agent = new FakeAgent(house.agentsPort, 'web-1');
    expect((await agent.enroll(token)).status).toBe(200);
    await agent.report(inventory({ hostname: 'web-1', packages: 300, rebootNeeded: true }));

    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('Used').waitFor();
    await page.getByRole('link', { name: 'Open the asset' }).click();
    await page.getByRole('heading', { name: 'web-1' }).waitFor();
  });

  it('does not call an asset clean that nobody judged', async () => {
    await page.getByRole('heading', { name: 'Not judged' }).waitFor();
    await page.getByText('This is not the same as no findings').waitFor();
    await keepScreenshot(page, 'journey-not-judged');

    await page.getByRole('link', { name: 'Go to the feeds' }).click();
    await page.getByText('Never imported').first().waitFor();
  });

  it('refuses a file that is no feed, and imports one that is', async () => {
    const input = page.getByLabel(/^File for Debian security advisories/);
    await input.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff]) });
    await page.getByText('Fetch the feed again').waitFor();

    await input.setInputFiles({ name: 'debian.jsonl', mimeType: 'text/plain', buffer: Buffer.from(ADVISORY) });
    await page.getByText('Imported 1 record in').waitFor();
    const exploited = Buffer.from(kevFile(LATELY, { id: 'CVE-2026-0001', ransomware: true }));
    await page
      .getByLabel(/^File for .*[Kk]nown [Ee]xploited/)
      .setInputFiles({ name: 'kev.json', mimeType: 'application/json', buffer: exploited });
    await page.getByText('Fresh', { exact: true }).nth(1).waitFor();
    await keepScreenshot(page, 'journey-feeds');
  });

  it('explains each finding of the asset', async () => {
    await page.getByRole('link', { name: 'Assets' }).click();
    const row = page.locator('tbody', { hasText: 'web-1' });
    await row.getByText('2 findings').waitFor();
    await row.getByText('1 known exploited').waitFor();
    await keepScreenshot(page, 'journey-assets');

    await row.getByRole('link', { name: 'web-1' }).click();
    await page.getByRole('button', { name: 'curl' }).click();
    await page.getByRole('button', { name: 'CVE-2026-0001' }).click();

    const detail = page.locator('.ps-detail');
    await detail.waitFor();
    const words = await detail.innerText();
    for (const part of ['DSA-6000-1', '7.88.1-10+deb12u5', '7.88.1-10+deb12u15', 'bookworm-security', 'ransomware']) {
      expect(words).toContain(part);
    }
    await keepScreenshot(page, 'journey-finding');
  });

  it('explains each update, lists the packages and says what runs', async () => {
    await tab('Updates').click();
    await page.getByRole('button', { name: 'curl' }).click();
    const detail = page.locator('.ps-detail');
    await detail.getByText('CVE-2026-0001, CVE-2026-0002').waitFor();
    await keepScreenshot(page, 'journey-update');

    await tab('Packages').click();
    await page.getByText('301 packages').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('p00299');
    await page.getByText('1 package', { exact: true }).waitFor();
    await tab('System').click();
    await page.getByText('running now').waitFor();
    await page.getByText('asked for by kernel').waitFor();
    await keepScreenshot(page, 'journey-system');
  });

  it('changes a fact, which changes nothing that was not asked for', async () => {
    await page.getByRole('button', { name: 'Edit facts' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Criticality').selectOption('critical');
    await form.getByLabel('Owner').fill('Shop team');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });

    const facts = page.locator('.ps-main > .ps-facts');
    await facts.getByText('Shop team').waitFor();
    expect(await facts.innerText()).toMatch(/Criticality\s+Critical/);
  });

  it.each(['desk', 'phone'] as const)('has no violation of WCAG on any real screen, at a %s', async (size) => {
    await page.setViewportSize(WIDTHS[size]);
    const asset = new URL(page.url()).pathname;
    const addresses = ['/assets', asset, `${asset}?tab=updates`, `${asset}?tab=system`, '/feeds', '/enrollment'];
    for (const address of addresses) {
      await page.goto(address);
      await page.locator('main tbody, main .ps-panel').first().waitFor();
      expect(await axeViolations(page, () => Promise.resolve()), address).toEqual([]);
      expect(await overflowing(page), address).toEqual([]);
    }
    await page.setViewportSize(WIDTHS.desk);
    await page.goto(asset);
  });

  it('signs out, refuses a wrong password, and comes back to where it was', async () => {
    await page.getByRole('heading', { name: 'web-1' }).waitFor();
    const asset = new URL(page.url()).pathname;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(asset);
    await page.waitForURL('**/sign-in?next=*');

    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('seven loud herons by the weir');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Login or password is wrong.').waitFor();
    await keepScreenshot(page, 'journey-wrong-password');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'web-1' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(asset);
    expect(visited.complaints).toEqual([]);
  });
}

describeInBrowser('the first hour of an installation', () => {
  describeWithDatabase('on the real server', story);
});

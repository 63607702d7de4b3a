import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { OpenedDemo } from '../../../demo/testing/opened.ts';
import { describeWithDatabase } from '../../server/src/platform/testing/database.ts';
import {
  axeViolations,
  describeInBrowser,
  keepScreenshot,
  overflowing,
  type Visit,
  visit,
} from './platform/testing/browser.ts';
import { type BuiltConsole, buildConsole } from './platform/testing/build.ts';
import { launchBrowser } from './platform/testing/chromium.ts';

/** The smallest fleet with which every campaign of the story finds its hosts. */
const SHARE = 0.1;
/** The story is told in full; other tests run beside it. */
const TELLING_MS_MAX = 300_000;
/** The server compiles the plan, and the page hears of it. */
const MOVES_MS_MAX = 60_000;

/** Somebody who has just started the demo: who they may be, what is late, why, and that they can clear it. */
function story(): void {
  const opened: (() => Promise<unknown>)[] = [];
  let demo: OpenedDemo;
  let visited: Visit;
  let page: Page;
  beforeAll(async () => {
    const built: BuiltConsole = await buildConsole();
    opened.unshift(built.remove);
    demo = await OpenedDemo.open(SHARE, built.directory);
    opened.unshift(() => demo.close());
    const browser = await launchBrowser();
    opened.unshift(() => browser.close());
    visited = await visit(browser, { origin: demo.running.server.consoleUrl });
    page = visited.page;
  }, TELLING_MS_MAX);
  afterAll(async () => {
    for (const close of opened) await close();
  });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  async function look(name: string): Promise<void> {
    expect(await axeViolations(page, (theme) => keepScreenshot(page, `newcomer-${name}-${theme}`))).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    expect(visited.complaints).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }

  /** With the login and the password as the page shows them. */
  async function signInAs(login: string): Promise<void> {
    const row = page.getByRole('row', { name: login });
    await page.getByLabel('Login', { exact: true }).fill(await row.getByRole('rowheader').innerText());
    await page.getByLabel('Password', { exact: true }).fill(await row.locator('code').innerText());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  }

  const late = () => page.getByRole('region', { name: /^Late/ });
  const samba = () =>
    late()
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: /^samba/ }) });

  it('is told at the door that this is a demo, and who one may be', async () => {
    await page.goto('/');

    await page.waitForURL('**/sign-in?next=*');
    await page.getByText('This is a demo.').waitFor();
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(demo.running.people.map(({ login }) => login));
    await look('door');
  });

  it('comes in as the auditor and sees on the overview that one campaign is late', async () => {
    await signInAs('nora');

    await page.getByText('Demo: invented data').waitFor();
    await samba()
      .getByText(/ late$/)
      .waitFor();
    expect(
      await late()
        .getByText(/ late$/)
        .count(),
    ).toBe(1);
    await look('overview');
  });

  it('opens it and reads why it waits, who can clear that, and that the auditor cannot', async () => {
    await samba().getByRole('link').click();

    await page.getByRole('heading', { name: /^samba/, level: 1 }).waitFor();
    await page
      .getByText(/files-\d+ has no maintenance window/)
      .first()
      .waitFor();
    await page.getByText('Ivy Brandt (ivy)').waitFor();
    await look('late-campaign');
    await page.getByRole('link', { name: 'Maintenance groups', exact: true }).click();
    const edit = page.getByRole('button', { name: 'Change files' });
    await edit.waitFor();
    expect(await edit.getAttribute('aria-disabled')).toBe('true');
    await look('groups');
  });

  it('signs out and comes back as IT', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.getByText('This is a demo.').waitFor();
    await signInAs('ivy');

    await page.getByText('Ivy Brandt').waitFor();
    await page.getByText('Demo: invented data').waitFor();
  });

  it(
    'gives the group windows, and sees the campaign go on without asking for it again',
    async () => {
      await samba().getByRole('link').click();
      await page.getByText('Backed up', { exact: true }).first().waitFor();
      const campaign = await page.context().newPage();
      await campaign.goto(page.url());
      await campaign.getByText('Backed up', { exact: true }).first().waitFor();

      await page.getByRole('link', { name: 'Maintenance groups', exact: true }).click();
      await page.getByRole('button', { name: 'Change files' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Add a window' }).click();
      // A whole week, so that the plan does not depend on the day on which this runs.
      await dialog.getByLabel('Hours').fill('168');
      await look('windows');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });

      await campaign.getByText('Planned', { exact: true }).first().waitFor({ timeout: MOVES_MS_MAX });
      await campaign.close();
    },
    2 * MOVES_MS_MAX,
  );
}

describeInBrowser('a newcomer in the demo', () => {
  describeWithDatabase('on the real server', story);
});

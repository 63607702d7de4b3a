import type { Locator, Page } from 'playwright-core';
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
  WIDTHS,
} from './platform/testing/browser.ts';
import { openRealHouse, type RealHouse } from './platform/testing/real-house.ts';

const PASSWORD = 'seven quiet herons by the weir';
const HOSTS = 36;
/** Those that have reported; of the others nothing but the name is known. */
const REPORTING = 2;
const IDS = Array.from({ length: 10 }, (_, index) => `CVE-2026-${1_001 + index}`);
const ADVISORY = osvFile({
  published: `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`,
  id: 'DSA-6000-1',
  package: 'curl',
  fixed: '7.88.1-10+deb12u15',
  upstream: IDS,
});

/** Many hosts and many vulnerabilities at once, on the real server: each step goes on where the last one ended. */
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
    for (const size of ['desk', 'phone'] as const) {
      await page.setViewportSize(WIDTHS[size]);
      expect(await axeViolations(page, (theme) => keepScreenshot(page, `${name}-${size}-${theme}`))).toEqual([]);
      expect(await overflowing(page)).toEqual([]);
    }
    await page.setViewportSize(WIDTHS.desk);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(visited.complaints).toEqual([]);
  }

  async function enroll(name: string, reports: boolean): Promise<void> {
    const { token } = await asked<{ token: string }>('POST', 'enrollment-tokens', JSON.stringify({ note: name }));
    const agent = new FakeAgent(house.agentsPort, name);
    expect((await agent.enroll(token)).status).toBe(200);
    if (reports) await agent.report(inventory({ hostname: name }));
  }

  async function assetsOf(filter: string): Promise<number> {
    return (await asked<{ readonly total: number }>('GET', `assets?${filter}`)).total;
  }

  const decision = (): Locator => page.getByRole('region', { name: `Judge ${IDS.length} vulnerabilities` });

  it('has a fleet with findings that no source calls severe or harmless', async () => {
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await asked('PATCH', 'people/ada', JSON.stringify({ roles: ['it', 'admin', 'security'] }));
    for (let host = 1; host <= HOSTS; host += 1) {
      await enroll(`web-${String(host).padStart(2, '0')}`, host <= REPORTING);
    }
    await asked('POST', 'feeds/debian-osv/import', ADVISORY, 'application/octet-stream');

    await page.goto('/unknown-severities');
    await page.getByText('10 vulnerabilities to be judged').waitFor();
    await page.goto('/findings?lane=critical');
    await page.getByText('10 vulnerabilities').waitFor();
  });

  it('shows Security what would move before ten are judged at once', async () => {
    await page.goto('/unknown-severities');
    await page.getByRole('button', { name: 'Select all that are loaded' }).click();
    await page.getByText('10 selected').waitFor();
    await page.getByRole('button', { name: 'Judge', exact: true }).click();
    await decision().getByLabel('Severity').selectOption({ label: 'Medium' });

    await decision().getByText('What would move').waitFor();
    await decision().getByRole('listitem').getByText('20 findings').waitFor();
    await decision().getByRole('listitem').getByText('Routine').waitFor();
    expect(await decision().getByRole('button', { name: 'Judge' }).getAttribute('aria-disabled')).toBe('true');
    await decision().getByLabel('Why').fill('They need a local account that no host of ours has.');
    await look('fleet-judging');
  });

  it('moves their lanes with one word', async () => {
    await decision().getByRole('button', { name: 'Judge' }).click();
    await page.getByText('Judged 10 vulnerabilities.').waitFor();
    await page.getByText('Nothing waits for Security.').waitFor();
    await look('fleet-judged');

    await page.getByLabel('Show').selectOption({ label: 'Judged by Security' });
    await page.getByText('said by Security (Ada Example)').first().waitFor();
    await page.goto('/findings?lane=routine&severity=medium');
    await page.getByText('10 vulnerabilities').waitFor();
    await page.goto('/findings?lane=critical');
    await page.getByText('Nothing passes these filters.').waitFor();
  });

  it('chooses some hosts by hand, then every one that a search finds', async () => {
    await page.goto('/assets?search=web-');
    await page.getByText(`${HOSTS} assets`).waitFor();
    await page.getByRole('checkbox', { name: 'Select web-01' }).click();
    await page.getByRole('checkbox', { name: 'Select web-03' }).click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.getByRole('button', { name: `Select all ${HOSTS} that match` }).click();
    await page.getByText(`All ${HOSTS} that match are selected`).waitFor();
    await look('fleet-selected');
  });

  it('previews a change of them all, which changes nothing yet', async () => {
    await page.getByRole('button', { name: 'Change …' }).click();
    const dialog = page.getByRole('dialog', { name: `Change ${HOSTS} assets` });
    await dialog.getByRole('checkbox', { name: 'Criticality' }).check();
    await dialog.getByRole('combobox', { name: 'Criticality' }).selectOption({ label: 'High' });
    await dialog.getByRole('checkbox', { name: 'Owner' }).check();
    await dialog.getByRole('textbox', { name: 'Owner' }).fill('Team Web');
    await look('fleet-bulk-form');
    await dialog.getByRole('button', { name: 'Preview' }).click();

    await dialog.getByText(`${HOSTS} assets would change`).waitFor();
    await look('fleet-bulk-preview');
    expect(await assetsOf('criticality=high')).toBe(0);
  });

  it('changes them all, and takes it back', async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: `Change ${HOSTS} assets` }).click();
    await dialog.getByText(`${HOSTS} assets changed`).waitFor();
    await look('fleet-bulk-done');
    expect(await assetsOf('criticality=high&owner=Team%20Web')).toBe(HOSTS);

    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText(`${HOSTS} assets as before`).waitFor();
    expect(await assetsOf('criticality=high')).toBe(0);
    expect(await assetsOf('owner=Team%20Web')).toBe(0);
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.goto('/record?kind=asset');
    await page.getByText('asset.changed').first().waitFor();
    expect(visited.complaints).toEqual([]);
  });
}

describeInBrowser('a fleet of many', () => {
  describeWithDatabase('on the real server', story);
});

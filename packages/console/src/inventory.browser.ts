import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeAgent } from '../../server/src/1-identification/testing/fake-agent.ts';
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

const PASSWORD = 'nine slow barges on the canal';
const LIST = `name,external id,kind,vendor,product,version,rack
core-sw-1,N-1,network appliance,Cisco,Catalyst 9300,17.3.4a,R7
win-fs-1,N-2,server,Microsoft,Windows Server 2022,10.0.20348,R8
odd-1,N-3,toaster,,,,R9
`;

const BILL = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { tools: [{ name: 'syft', version: '1.19.0' }] },
  components: [
    { type: 'library', name: 'left-pad', version: '1.0.0', purl: 'pkg:npm/left-pad@1.0.0' },
    { type: 'library', name: 'nameless' },
  ],
});

/** An inventory from the first list to the last double, on the real server: each step goes on where the last one ended. */
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

  /** As another window of the same person would do it. */
  function asked<Answer>(path: string, body: object): Promise<Answer> {
    return page.evaluate(
      async (given) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(given.path, { method: 'POST', body: given.body, headers });
        return (await response.json()) as Answer;
      },
      { path: `/api/v1/${path}`, body: JSON.stringify(body) },
    );
  }

  async function enroll(name: string): Promise<void> {
    const { token } = await asked<{ token: string }>('enrollment-tokens', { note: name });
    const agent = new FakeAgent(house.agentsPort, name);
    expect((await agent.enroll(token)).status).toBe(200);
    await agent.report(inventory({ hostname: name }));
  }

  it('says what a pasted list would do, and does nothing before somebody confirms', async () => {
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await page.goto('/import');
    expect(await page.getByRole('button', { name: 'Preview' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Name of the list').fill('network');
    await page.getByLabel('The list, as CSV').fill(LIST);
    await page.getByRole('button', { name: 'Preview' }).press('Enter');

    await page.getByText('2 added, 0 changed, 0 like that already, 1 refused.').waitFor();
    await page.getByText('Columns that nobody knows, left out: rack.').waitFor();
    await page.getByText('No list was imported yet.').waitFor();
    await look('import-preview');
  });

  it('imports it after that, and shows what the assets are', async () => {
    await page.getByRole('button', { name: 'Import 2 assets' }).click();
    await page.getByText('What was imported').waitFor();
    await page.getByText('network, by ada').waitFor();
    await look('import-done');

    await page.goto('/assets');
    await page.getByRole('link', { name: 'core-sw-1' }).click();
    await page.getByText('Cisco Catalyst 9300 17.3.4a').first().waitFor();
    await page.getByText('no feed of advisories is loaded for Cisco Catalyst 9300 17.3.4a').first().waitFor();
    await look('asset-from-list');
  });

  const billFile = (text: string) => ({
    name: 'core.cdx.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });

  it('says with the words of the server that a file is no bill of materials, and loses nothing', async () => {
    await page.getByRole('link', { name: 'Bills' }).click();
    await page.getByText('No bill of materials yet.').waitFor();
    await page.getByRole('button', { name: 'Give a bill' }).press('Enter');
    const send = page.getByRole('button', { name: 'Give it' });
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('File with a bill of materials').setInputFiles(billFile('{"a": 1}'));
    await page.getByLabel('What it is of').fill('firmware');
    await send.press('Enter');

    await page.getByText('It is neither CycloneDX nor SPDX 2 or 3.').waitFor();
    expect(await page.getByLabel('What it is of').inputValue()).toBe('firmware');
    await page.getByText('core.cdx.json, 1 KiB').waitFor();
    await look('bill-refused');
  });

  it('takes a bill that is dropped, and says what of it could not be used', async () => {
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.cdx.json', { type: 'application/json' }));
      return transfer;
    }, BILL);
    await page.getByRole('group', { name: 'File' }).dispatchEvent('drop', { dataTransfer: dropped });
    await page.getByText('dropped.cdx.json, 1 KiB').waitFor();
    await page.getByRole('button', { name: 'Give it' }).click();

    await page.getByText('firmware: 1 package. Findings follow in a moment.').waitFor();
    await page.getByText('1 entry could not be used').click();
    await page.getByText('CycloneDX, written by syft 1.19.0').waitFor();
    await look('bill-given');
  });

  it('replaces it and removes it, and keeps both as history', async () => {
    await page.getByRole('button', { name: 'Replace the bill of firmware' }).click();
    expect(new URL(page.url()).searchParams.get('item')).toBe('firmware');
    await page.getByLabel('File with a bill of materials').setInputFiles(billFile(BILL));
    await page.getByRole('button', { name: 'Give it' }).click();
    await page.getByText('1 former bill').waitFor();

    await page.getByRole('button', { name: 'Remove the bill of firmware' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('2 former bills').waitFor();
    await page.getByText('No bill of materials yet.').waitFor();
  });

  it('takes a file that is the same list, and finds nothing new in it', async () => {
    await page.goto('/import');
    await page.getByLabel('Name of the list').fill('network');
    const file = { name: 'net.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) };
    await page.getByLabel('File with a list of assets, as CSV').setInputFiles(file);
    await page.getByRole('button', { name: 'Preview' }).click();

    await page.getByText('0 added, 0 changed, 2 like that already, 1 refused.').waitFor();
  });

  it('says that a file is no text, and keeps what was there', async () => {
    const file = { name: 'net.csv', mimeType: 'text/csv', buffer: Buffer.of(0x6e, 0xe4, 0x0a) };
    await page.getByLabel('File with a list of assets, as CSV').setInputFiles(file);

    await page.getByRole('alert').getByText('This file is no text in UTF-8').waitFor();
    expect(await page.getByLabel('The list, as CSV').inputValue()).toBe(LIST);
  });

  it('merges a machine that was enrolled anew into the asset that reports', async () => {
    await enroll('web-1');
    await enroll('web-1');
    await page.goto('/doubles');
    await page.getByRole('heading', { name: 'One name: web-1' }).or(page.getByText('One machine id')).waitFor();
    await look('doubles');
  });

  it('takes an asset out with a reason, and brings it back', async () => {
    await page.goto('/assets');
    await page.getByRole('link', { name: 'win-fs-1' }).click();
    await page.getByRole('button', { name: 'Remove …' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Take it out' }).getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Why').fill('scrapped');
    await look('asset-remove');
    await dialog.getByRole('button', { name: 'Take it out' }).click();

    await page.getByText('by ada: scrapped').waitFor();
    await page.getByRole('button', { name: 'Bring win-fs-1 back' }).click();
    await page.getByText('win-fs-1 is in the inventory again.').waitFor();
    await page.getByText('No asset was taken out.').waitFor();
  });

  it('takes the import back', async () => {
    await page.goto('/import');
    await page.getByRole('button', { name: 'Take the import of network back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();

    await page.getByText('1 asset out of the inventory, 0 as before, 1 left as they are.').waitFor();
    await page.getByText('Taken back', { exact: true }).waitFor();
    await page.goto('/assets?origin=import');
    await page.getByText('1 asset', { exact: true }).waitFor();
  });
}

describeInBrowser('an inventory of what has no agent', () => {
  describeWithDatabase('on the real server', story);
});

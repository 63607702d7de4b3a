import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeAgent } from '../../server/src/1-identification/testing/fake-agent.ts';
import { inventory } from '../../server/src/1-identification/testing/inventories.ts';
import { bookworm } from '../../server/src/1-identification/testing/reported-host.ts';
import { sharedData, sharedFeeds, sharedHost } from '../../server/src/1-identification/testing/shared-data.ts';
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

/** The real advisories hold some 30,000 records, and the machine does other things as well. */
const IMPORT_MS_MAX = 60_000;

const FEED_LABELS = {
  'debian-osv': /^File for Debian security advisories/,
  kev: /^File for CISA catalog/,
  epss: /^File for EPSS/,
} as const;

function story(): void {
  let house: RealHouse;
  let visited: Visit;
  let page: Page;
  beforeAll(async () => {
    house = await openRealHouse();
    visited = await visit(house.browser, { origin: house.server.consoleUrl });
    page = visited.page;
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('seven quiet herons by the weir');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await enrollWorkstation(page, house.agentsPort);
  });
  afterAll(async () => {
    await visited.context.close();
    await house.close();
  });

  it('imports the real feeds from their files', async () => {
    await page.goto('/feeds');
    for (const [feed, label] of Object.entries(FEED_LABELS)) {
      const file = sharedFeeds[feed as keyof typeof FEED_LABELS]; // Entries forget their keys.
      const imported = page.locator('section', { has: page.getByLabel(label) }).getByText(/^Imported [\d,]+ records/);
      await page.getByLabel(label).setInputFiles({
        name: basename(file),
        mimeType: 'application/gzip',
        buffer: readFileSync(file),
      });
      await imported.waitFor({ timeout: IMPORT_MS_MAX });
    }
    await keepScreenshot(page, 'real-feeds');
  });

  it('shows the 359 findings of the workstation over 41 packages', async () => {
    await page.getByRole('link', { name: 'Assets' }).click();
    await page.getByText('359 findings').waitFor({ timeout: IMPORT_MS_MAX });
    await keepScreenshot(page, 'real-assets');
    await page.getByRole('link', { name: 'workstation' }).click();

    await page.getByText(/; 359 findings, one for each installed package/).waitFor();
    await page.getByText(/in \d+ source packages/).waitFor();
    const binaries = await page.evaluate(async (id) => {
      const answer = await fetch(`/api/v1/assets/${id}/findings?limit=500`);
      const { items } = (await answer.json()) as { items: { packages: { name: string }[] }[] }; // As the contract says.
      return new Set(items.flatMap(({ packages }) => packages.map(({ name }) => name))).size;
    }, assetIdOf(page));
    expect(binaries).toBe(41);
  });

  it.each(['desk', 'phone'] as const)('is legible with real names and versions, at a %s', async (size) => {
    await page.setViewportSize(WIDTHS[size]);
    const asset = `/assets/${assetIdOf(page)}`;
    for (const [name, address] of [
      ['findings-open', `${asset}?open=*`],
      ['updates', `${asset}?tab=updates`],
      ['packages', `${asset}?tab=packages`],
    ] as const) {
      await page.goto(address);
      await page.locator('main tbody').first().waitFor();
      const keep = (theme: string): Promise<void> => keepScreenshot(page, `real-${name}-${size}-${theme}`);
      expect(await axeViolations(page, keep), name).toEqual([]);
      expect(await overflowing(page), name).toEqual([]);
    }
    expect(visited.complaints).toEqual([]);
  });
}

function assetIdOf(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

async function enrollWorkstation(page: Page, agentsPort: number): Promise<void> {
  await page.goto('/enrollment');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const command = await page.getByLabel('Enrollment command of a clone').inputValue();
  const agent = new FakeAgent(agentsPort, 'workstation');
  await agent.enroll(/ps1\.\S+/.exec(command)?.[0] ?? 'the command has no token');
  const { packages, updates = [] } = sharedHost();
  await agent.report({
    ...inventory({ hostname: 'workstation' }),
    packages: { ecosystem: 'deb', release: bookworm, packages, publishers: [] },
    updates: { updates, unanswered: null },
  });
}

describe.skipIf(sharedData === undefined)('a real Debian workstation (needs PATCHSTEWARD_TEST_DATA)', () => {
  describeInBrowser('in the console', () => {
    describeWithDatabase('of the real server', story);
  });
});

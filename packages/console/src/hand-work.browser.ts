import type { AssetSummary, CampaignSummary } from '@patchsteward/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assessRisk, planOf } from '../../server/src/campaign/testing/walk.ts';
import { newId } from '../../server/src/platform/ids.ts';
import { describeWithDatabase } from '../../server/src/platform/testing/database.ts';
import { axeViolations, describeInBrowser, overflowing, type Visit, visit } from './platform/testing/browser.ts';
import { type DecidingHouse, enterAs, openDecidingHouse } from './platform/testing/deciding-house.ts';

const SETUP_MS_MAX = 120_000;
const STEP_MS_MAX = 60_000;
const LIST = 'name,external id,kind,vendor,product,version\nsw-test,N-1,appliance,Cisco,Catalyst 9300,17.3.4a\n';
const CHECKLIST = [
  { step: 'install', text: 'install add 17.6.4', evidence: 'note' },
  { step: 'check', text: 'show version', evidence: 'file' },
] as const;

/** A switch of the test ring, patched by the person who is named in its work order. */
function story(): void {
  let house: DecidingHouse;
  let visited: Visit;
  let page: Page;
  let id = '';
  beforeAll(async () => {
    house = await openDecidingHouse({ fixes: true, hosts: [] });
    const { world } = house;
    const list = { key: newId(), source: 'network', list: { form: 'csv', text: LIST } };
    await world.done('ivy', 'POST', 'assets/imports', list);
    await world.settle();
    const { items } = await world.done<{ items: readonly AssetSummary[] }>('ivy', 'GET', 'assets');
    const asset = items[0]?.id ?? '';
    await world.done('ivy', 'PATCH', `assets/${asset}`, { version: 1, owner: 'otto', environment: 'non-production' });
    await world.settle();
    const body = { to: '17.6.4', checklist: CHECKLIST, assets: [{ asset, person: 'ivy' }] };
    ({ id } = await world.done<CampaignSummary>('ivy', 'POST', 'manual-campaigns', body));
    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    visited = await visit(house.browser, { origin: house.origin });
    page = visited.page;
  }, SETUP_MS_MAX);
  afterAll(async () => {
    await visited.context.close();
    await house.close();
  });

  it('is not for others, and says so', { timeout: STEP_MS_MAX }, async () => {
    await enterAs(page, 'otto', `/campaigns/${id}`);
    await page.goto(`/campaigns/${id}?tab=jobs`);
    const take = page.getByRole('button', { name: 'Take the work' });
    await take.waitFor();
    expect(await take.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('The work order names ivy; only they do it.').first().waitFor({ state: 'attached' });
  });

  it('is taken, filed and reported with the keyboard', { timeout: STEP_MS_MAX }, async () => {
    await enterAs(page, 'ivy', `/campaigns/${id}`);
    await page.goto(`/campaigns/${id}?tab=jobs`);
    const done = page.getByRole('button', { name: 'Report it done' });
    await page.getByRole('button', { name: 'Take the work' }).press('Enter');
    const first = page.getByRole('form', { name: 'Item 1 on sw-test' });
    await first.waitFor();
    expect(await done.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Item 1 is not done yet.').first().waitFor({ state: 'attached' });
    expect(await first.getByRole('button').getAttribute('aria-disabled')).toBe('true');
    await first.getByLabel('What was seen (item 1)').fill('hash compared');
    await first.getByLabel('What was seen (item 1)').press('Enter');
    await page.getByText('Item 2 is not done yet.').first().waitFor({ state: 'attached' });

    const second = page.getByRole('form', { name: 'Item 2 on sw-test' });
    const file = { name: 'show-version.txt', mimeType: 'text/plain', buffer: Buffer.from('Version 17.6.4') };
    await second.getByLabel('File as evidence (item 2)').setInputFiles(file);
    expect(await axeViolations(page, () => Promise.resolve())).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    await second.getByRole('button', { name: 'Done: item 2' }).press('Enter');
    await page.getByRole('link', { name: 'show-version.txt' }).waitFor();
    await page.getByRole('button', { name: 'Report it done', disabled: false }).press('Enter');
    await page.getByText('It was reported; nothing more is filed.').first().waitFor({ state: 'attached' });

    const { items } = await house.world.done<{ items: readonly { state: string }[] }>(
      'ivy',
      'GET',
      `work?campaign=${id}`,
    );
    expect(items).toMatchObject([
      { state: 'succeeded', items: [{ note: 'hash compared' }, { files: [{ name: 'show-version.txt' }] }] },
    ]);
    expect(visited.complaints).toEqual([]);
  });
}

describeInBrowser('work by hand', () => {
  describeWithDatabase('on the real rooms', story);
});

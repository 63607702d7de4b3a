import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, type Visit, visit } from './platform/testing/browser.ts';
import { FAKE_ASSETS } from './platform/testing/fake-assets.ts';
import { FAKE_EXCEPTIONS } from './platform/testing/fake-exceptions.ts';
import { type FakeHouse, openFakeHouse } from './platform/testing/house.ts';

describeInBrowser('exceptions in the console', () => {
  let house: FakeHouse;
  let visited: Visit;
  let page: Page;
  beforeAll(async () => {
    house = await openFakeHouse();
  });
  beforeEach(async () => {
    visited = await visit(house.browser, { origin: house.server.origin });
    page = visited.page;
  });
  afterEach(async () => {
    expect(visited.complaints).toEqual([]);
    await visited.context.close();
  });
  afterAll(() => house.close());

  const reasonOf = async (name: string): Promise<string | null> => {
    const button = page.getByRole('button', { name, exact: true });
    return (await button.getAttribute('aria-disabled')) === 'true' ? button.getAttribute('data-hint') : null;
  };

  it('are filtered by what the address says, and the address follows the filters', async () => {
    await page.goto('/exceptions?state=expired');
    await page.getByRole('link', { name: 'Override 3 findings on 2 assets' }).waitFor();
    expect(await page.getByLabel('Show', { exact: true }).inputValue()).toBe('expired');

    await page.getByLabel('Show', { exact: true }).selectOption('standing');
    await page.getByRole('link', { name: 'Accept CVE-2025-1111 on 2 assets' }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=standing');
    await page.getByLabel('Only what I asked for or agreed to').check();
    await page.getByText('No exception fits.').waitFor();
    await page.getByRole('button', { name: 'Take all filters away' }).click();
    await page.getByText('1 waiting, 1 standing, 1 of them end within a week.').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('are reached and left by the keyboard', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL('**/exceptions');
    await page.getByRole('link', { name: /^Mitigate CVE-2026-0001/ }).waitFor();
    await page.keyboard.press('j');
    // The row takes the focus with the next frame: nobody's second key comes before it, but a test's does.
    await page.waitForFunction(() => document.activeElement?.matches('[data-row-main]'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/exceptions/${FAKE_EXCEPTIONS.requested}`);
    await page.getByRole('button', { name: 'Agree …' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL('**/exceptions');
  });

  it('come into the inbox of who must agree, who agrees there', async () => {
    await page.goto('/inbox');
    await page.getByRole('link', { name: 'Agree to an exception, or refuse it' }).click();
    await page.waitForURL(`**/exceptions/${FAKE_EXCEPTIONS.requested}`);

    expect(await reasonOf('Take back …')).toBe('Only ivy withdraws it; whoever may agree refuses it.');
    await page.getByRole('button', { name: 'Agree …' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You agree to these words').waitFor();
    await dialog.getByRole('button', { name: 'Agree', exact: true }).click();
    await page.getByText('Its findings are not late before that day').waitFor();
    await page.getByRole('button', { name: 'Revoke …' }).waitFor();
  });

  it('are not revoked or renewed without a reason', async () => {
    await page.goto(`/exceptions/${FAKE_EXCEPTIONS.standing}?act=end`);
    expect(await reasonOf('Revoke it')).toBe('Say why first.');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Renew …' }).click();
    expect(await reasonOf('Ask for it')).toBe('Say why first.');
    await page.getByLabel('Why').fill('The vendor needs another week.');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask for it' }).click();
    await page.waitForURL(`**/exceptions/${FAKE_EXCEPTIONS.asked}`);
    await page.getByRole('link', { name: 'another exception' }).waitFor();
  });

  it('are asked for from a finding, after saying what they cover and what that does to due times', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.affected}`);
    await page.getByRole('link', { name: 'Answer for a risk …' }).click();
    await page.getByRole('button', { name: /^Take web-1/ }).waitFor();
    const preview = page.getByRole('region', { name: 'What this does' });
    await preview.getByText('24 findings on 12 assets').waitFor();
    await preview.getByText('4 now, 0 while it stands').waitFor();
    await preview.getByText('Owner, and Security').waitFor();

    expect(await reasonOf('Ask for it')).toBe('Fill in: Who answers for it, Why it cannot be patched in time.');
    await page.getByLabel('Vulnerabilities').fill('CVE-1999-0001');
    await page.getByLabel('Who answers for it').fill('Web team');
    await page.getByLabel('Why it cannot be patched in time').fill('No restart before the sale.');
    await preview.getByText('No finding fits what was named.').waitFor();
    expect(await reasonOf('Ask for it')).toBe('No finding fits what was named.');
    await page.getByLabel('Vulnerabilities').fill('CVE-2026-0009');
    await preview.getByText('24 findings on 12 assets').waitFor();
    await page.getByRole('button', { name: 'Ask for it' }).press('Enter');
    await page.waitForURL(`**/exceptions/${FAKE_EXCEPTIONS.asked}`);
    expect(await reasonOf('Agree …')).toBe('Whoever asks never agrees; somebody else has to.');
  });

  it('name more assets, found by their names', async () => {
    await page.goto('/exceptions/new');
    await page.getByText('Name a vulnerability, a source package, an asset').waitFor();
    await page.getByLabel('Add an asset by its name').fill('web-1');
    await page
      .getByRole('button', { name: /^Add web-1/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Take web-1/ }).click();
    await page.getByText('Any asset that fits.').waitFor();
    await page.getByLabel('Add an asset by its name').fill('no such name');
    await page.getByText('No asset has this name.').waitFor();
  });
});

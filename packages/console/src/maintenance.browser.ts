import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInBrowser, type Visit, visit } from './platform/testing/browser.ts';
import { type FakeHouse, openFakeHouse } from './platform/testing/house.ts';

describeInBrowser('maintenance plans', () => {
  let house: FakeHouse;
  let desk: Visit;
  beforeAll(async () => {
    house = await openFakeHouse();
    house.server.visitor = 'ada';
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    house.server.may = ['operator'];
    desk = await visit(house.browser, { origin: house.server.origin });
  });
  afterEach(async () => {
    expect(desk.complaints).toEqual([]);
    await desk.context.close();
  });

  it('are made in a form that says what is missing, from the keyboard', async () => {
    const { page } = desk;
    await page.goto('/maintenance');
    await page.getByRole('button', { name: 'Make a plan' }).press('Enter');
    const save = page.getByRole('button', { name: 'Save' });
    expect(await save.getAttribute('aria-disabled')).toBe('true');

    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('quarterly');
    await page.getByRole('checkbox', { name: 'sunday', exact: true }).press('Space');
    for (const month of ['Feb', 'Mar', 'May', 'Jun', 'Aug', 'Sep', 'Nov', 'Dec']) {
      await page.getByRole('checkbox', { name: month, exact: true }).uncheck();
    }
    await page.getByLabel('Which').selectOption('3');
    await save.press('Enter');

    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const row = page.locator('tbody', { hasText: 'quarterly' });
    await row.getByText('Third Tuesday of the month, in Jan, Apr, Jul, Oct').waitFor();
  });

  it('are paused with a reason, and resumed', async () => {
    const { page } = desk;
    await page.goto('/maintenance');
    await page.getByRole('button', { name: 'Pause servers' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Pause' }).getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Why').fill('a move');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused by ada: a move').waitFor();

    await page.getByRole('button', { name: 'Resume servers' }).click();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause servers' }).waitFor();
  });

  it('show what would become of the turn that waits, and let it be dismissed with a reason', async () => {
    const { page } = desk;
    await page.goto('/maintenance');
    await page.getByRole('button', { name: 'Turns of servers' }).click();
    await page.getByText('taken as 7.88.1-10+deb12u9, which replaced it').waitFor();
    await page.getByText('the sale runs until Friday').waitFor();

    await page.getByRole('button', { name: 'Dismiss it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('half of them move');
    await dialog.getByRole('button', { name: 'Dismiss it' }).click();

    await page.getByText('dismissed by ada').waitFor();
    await page.getByText('half of them move').waitFor();
    expect(await page.getByRole('button', { name: 'Take this turn' }).count()).toBe(0);
  });

  it('say why who may not answer cannot', async () => {
    house.server.may = [];
    const { page } = desk;
    await page.goto('/maintenance');

    for (const name of ['Make a plan', 'Change servers', 'Remove servers']) {
      expect(await page.getByRole('button', { name }).getAttribute('aria-disabled'), name).toBe('true');
    }
  });
});

import type { Hash } from '@patchsteward/core/vocabulary';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../../server/src/platform/testing/database.ts';
import {
  axeViolations,
  describeInBrowser,
  keepScreenshot,
  overflowing,
  type Visit,
  visit,
} from './platform/testing/browser.ts';
import {
  type DecidingHouse,
  enterAs,
  givePasskeys,
  openDecidingHouse,
  walkToPlan,
} from './platform/testing/deciding-house.ts';

const SETUP_MS_MAX = 120_000;
const STEP_MS_MAX = 30_000;

/** One plan, decided on by the people whose it is: each step goes on where the last one ended. */
function story(size: 'desk' | 'phone', fixes: boolean, steps: (given: () => Story) => void): void {
  let house: DecidingHouse;
  let visited: Visit;
  let told: Story;
  beforeAll(async () => {
    house = await openDecidingHouse({ fixes });
    visited = await visit(house.browser, { origin: house.origin, size });
    told = { house, page: visited.page, ...(await walkToPlan(house.world)) };
    await givePasskeys(house, visited.page, ['otto', 'cara']);
  }, SETUP_MS_MAX);
  afterAll(async () => {
    expect(visited.complaints).toEqual([]);
    await visited.context.close();
    await house.close();
  });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });
  steps(() => told);
}

interface Story {
  readonly house: DecidingHouse;
  readonly page: Page;
  readonly plan: Hash;
  readonly id: string;
}

function approving(given: () => Story): void {
  it('the owner agrees to the window with a passkey', { timeout: STEP_MS_MAX }, async () => {
    const { page, house, id } = given();
    await enterAs(page, 'otto', '/inbox');
    await page.getByRole('link', { name: 'Agree to the maintenance window' }).click();
    await page.getByText('acme-web').first().waitFor();
    expect(await axeViolations(page, (theme) => keepScreenshot(page, `approval-decision-desk-${theme}`))).toEqual([]);
    await page.getByRole('button', { name: 'Agree to the window' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('critical-1').waitFor();
    await dialog.getByRole('button', { name: 'Sign with a passkey' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('otto: agreed', { exact: true }).waitFor();
    const statements = await house.world.done<{ items: { kind: string; person: string }[] }>(
      'otto',
      'GET',
      `campaigns/${id}/statements`,
    );
    expect(statements.items).toContainEqual(expect.objectContaining({ kind: 'window.agreed', person: 'otto' }));
  });

  it('Change Management compares the words and approves with a passkey', { timeout: STEP_MS_MAX }, async () => {
    const { page, plan } = given();
    await enterAs(page, 'cara', '/inbox');
    await page.getByRole('link', { name: 'Approve or refuse the plan' }).click();
    await page.getByText('Who decides').waitFor();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    const sign = dialog.getByRole('button', { name: 'Sign with a passkey' });
    await expect.poll(() => sign.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('The words are the same').check();
    await keepScreenshot(page, 'approval-approve-desk');
    await sign.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('filled by cara').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/inbox/${plan}`);
  });

  it('the page goes on by itself when the signature of the command line arrives', {
    timeout: STEP_MS_MAX,
  }, async () => {
    const { page, house, plan } = given();
    await page.getByText('0 of 1 made on the command line').waitFor();
    await house.world.signed(plan, 'sam', 'sam', 'approve');
    await page.getByText('This plan has all the signatures that it needs.').waitFor();
    await page.getByText('1 of 1 made on the command line').waitFor();
  });
}

function refusing(given: () => Story): void {
  it('says to whoever asked why they cannot decide it', { timeout: STEP_MS_MAX }, async () => {
    const { page, plan } = given();
    await enterAs(page, 'ivy', `/inbox/${plan}`);
    await page.getByText('ivy asked for this change and never approves it').first().waitFor();
    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps the buttons within reach of the thumb', { timeout: STEP_MS_MAX }, async () => {
    const { page, plan } = given();
    await enterAs(page, 'cara', `/inbox/${plan}`);
    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    await approve.waitFor();
    const box = await approve.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
    expect(await overflowing(page)).toEqual([]);
    expect(await axeViolations(page, (theme) => keepScreenshot(page, `approval-decision-phone-${theme}`))).toEqual([]);
  });

  it('refuses with a reason, which stays', { timeout: STEP_MS_MAX }, async () => {
    const { page, house, id } = given();
    await page.getByRole('button', { name: 'Refuse' }).click();
    const dialog = page.getByRole('dialog');
    const sign = dialog.getByRole('button', { name: 'Sign with a passkey' });
    await expect.poll(() => sign.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Why').fill('The shop sells until ten tonight.');
    await keepScreenshot(page, 'approval-refuse-phone');
    await sign.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('cara refused it: The shop sells until ten tonight.').waitFor();
    expect((await house.world.state(id)).state).toBe('rejected');
    await enterAs(page, 'cara', '/inbox');
    await page.getByText('Nothing waits for you.').waitFor();
  });
}

describeInBrowser('deciding on a plan', () => {
  describeWithDatabase('at a desk', () => story('desk', true, approving));
  describeWithDatabase('on call, with a phone', () => story('phone', false, refusing));
});

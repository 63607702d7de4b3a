import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  axeViolations,
  describeInBrowser,
  keepScreenshot,
  overflowing,
  type Visit,
  visit,
  WIDTHS,
} from './platform/testing/browser.ts';
import { FAKE_ANNOUNCEMENTS } from './platform/testing/fake-announcements.ts';
import { type FakeHouse, openFakeHouse } from './platform/testing/house.ts';

describeInBrowser('announcements that a person triages', () => {
  let house: FakeHouse;
  let desk: Visit;
  beforeAll(async () => {
    house = await openFakeHouse();
    house.server.visitor = 'ada';
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    house.server.may = ['operator', 'security', 'triager'];
    desk = await visit(house.browser, { origin: house.server.origin });
  });
  afterEach(async () => {
    expect(desk.complaints).toEqual([]);
    await desk.context.close();
  });

  it('become a claim: what is installed is one press away, and what is wrong is said at the button', async () => {
    const { page } = desk;
    await page.goto(`/announcements/${FAKE_ANNOUNCEMENTS.waiting}`);
    await page.getByRole('button', { name: 'Make it a claim' }).click();
    expect(await page.getByLabel('Vulnerabilities').inputValue()).toBe('CVE-2026-0001 CVE-2026-0002');
    await page.getByRole('button', { name: 'Use acme-suite on debian:12' }).click();
    expect(await page.getByLabel('Release or registry').inputValue()).toBe('debian:12');
    await page.getByLabel('Affected versions').fill('2.4');

    const claim = page.getByRole('button', { name: 'Claim', exact: true });
    expect(await claim.getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('form').innerText()).toContain('“2.4” is no range.');
    await page.getByLabel('Affected versions').fill('< 2.4');
    for (const size of ['desk', 'phone'] as const) {
      await page.setViewportSize(WIDTHS[size]);
      const keep = (theme: string): Promise<void> => keepScreenshot(page, `announcement-triage-${size}-${theme}`);
      expect(await axeViolations(page, keep), size).toEqual([]);
      expect(await overflowing(page), size).toEqual([]);
    }
    await claim.click();

    await page.getByText('3 assets are affected by it. Nothing is judged on debian:12').waitFor();
  });

  it('are dismissed together by keyboard, for one reason', async () => {
    const { page } = desk;
    await page.goto('/announcements');
    await page.getByText('140 announcements to be read').waitFor();
    for (const serial of [1, 3]) {
      await page.getByRole('checkbox', { name: `Select acme-news-${serial}`, exact: true }).focus();
      await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: 'Dismiss' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Why').fill('marketing');
    await keepScreenshot(page, 'announcements-dismiss');
    await page
      .getByRole('region', { name: 'Dismiss 2 announcements' })
      .getByRole('button', { name: 'Dismiss' })
      .click();

    await page.getByText('Dismissed 2 announcements.').waitFor();
  });

  it('that were changed show what differs, and what judges meanwhile can be taken back', async () => {
    const { page } = desk;
    await page.goto(`/announcements/${FAKE_ANNOUNCEMENTS.changed}`);
    await page.getByText('What was claimed before judges meanwhile').waitFor();
    expect(await page.locator('.ps-line-added').innerText()).toContain('below 9.3.1');
    await page.getByRole('button', { name: 'Take back' }).click();
    const form = page.getByRole('region', { name: 'Take back what was made of it' });
    await form.getByLabel('Why').fill('wrong');
    await form.getByRole('button', { name: 'Take back' }).click();

    await page.getByText('It waits again.').waitFor();
  });

  it('say at the button who may triage them', async () => {
    house.server.may = ['operator'];
    const { page } = desk;
    await page.goto(`/announcements/${FAKE_ANNOUNCEMENTS.waiting}`);

    const triage = page.getByRole('button', { name: 'Make it a claim' });
    await triage.waitFor();
    expect(await triage.getAttribute('data-hint')).toBe('Only a person with the role Security or Admin may do this.');
  });
});

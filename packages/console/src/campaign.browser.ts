import type { CampaignRooms, CampaignSummary, RoomEvidence } from '@patchsteward/contract';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { PROPOSAL } from '../../server/src/campaign/testing/campaign-world.ts';
import { planOf } from '../../server/src/campaign/testing/walk.ts';
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
import { type DecidingHouse, enterAs, givePasskeys, openDecidingHouse } from './platform/testing/deciding-house.ts';

const SETUP_MS_MAX = 120_000;
const STEP_MS_MAX = 60_000;
/** A thumb needs that much. // WCAG 2.2 SC 2.5.8, platform guidelines */
const TARGET_PX_MIN = 44;

/** One campaign on the real rooms, from its assessment into the test, and halted by whoever is on call. */
function story(): void {
  let house: DecidingHouse;
  let visited: Visit;
  let page: Page;
  let id = '';
  beforeAll(async () => {
    house = await openDecidingHouse({ fixes: true });
    visited = await visit(house.browser, { origin: house.origin });
    page = visited.page;
    ({ id } = await house.world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL }));
    await house.world.settle();
    await givePasskeys(house, page, ['ivy']);
  }, SETUP_MS_MAX);
  afterAll(async () => {
    await visited.context.close();
    await house.close();
  });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  async function evidence<Kind extends RoomEvidence['kind']>(kind: Kind) {
    const { items } = await house.world.done<CampaignRooms>('ivy', 'GET', `campaigns/${id}/rooms`);
    const found = items.flatMap((room) => room.evidence).find((one) => one.kind === kind);
    // Found by its kind.
    return found as Extract<RoomEvidence, { kind: Kind }> | undefined;
  }

  async function look(name: string): Promise<void> {
    expect(await axeViolations(page, (theme) => keepScreenshot(page, `${name}-${theme}`))).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    expect(visited.complaints).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }

  it('says where it stands, and who can move it', { timeout: STEP_MS_MAX }, async () => {
    await enterAs(page, 'ivy', `/campaigns/${id}`);
    await page.getByText('Nobody has assessed the risk').first().waitFor();
    const here = page.locator('[aria-current="step"]');
    await here.getByRole('button', { name: '2. Evaluation', expanded: true }).waitFor();
    await here.getByText('ivy', { exact: false }).first().waitFor();
    await look('campaign-real-evaluation');
  });

  it('takes the assessment of the risk, signed with a passkey', { timeout: STEP_MS_MAX }, async () => {
    await page.getByRole('button', { name: 'Assess the risk' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Impact').selectOption('low');
    await dialog.getByLabel('Restarts').fill('nginx.service cron.service');
    await dialog.getByText('On the command line', { exact: true }).click();
    expect(await dialog.getByLabel('On the command line').inputValue()).toContain(
      `patchsteward assess-risk ${id} --impact low --way-back prepared --restart cron.service --restart nginx.service`,
    );
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });

    expect(await evidence('risk')).toMatchObject({
      impact: 'low',
      restarts: ['cron.service', 'nginx.service'],
      signed: { person: 'ivy', keyClass: 'console' },
    });
    await page.getByRole('button', { name: '2. Evaluation' }).click();
    await page.getByText('cron.service, nginx.service').waitFor();
  });

  it('lets the test ring start with a signature over the plan that is shown', { timeout: STEP_MS_MAX }, async () => {
    await house.world.until(id, 'authentic');
    const plan = await planOf(house.world, id, 'test');
    await page.goto(`/campaigns/${id}`);
    await page.getByRole('button', { name: 'Let the test ring start' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('acme-web', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });

    expect(await evidence('trial')).toMatchObject({ plan, startedBy: { person: 'ivy', keyClass: 'console' } });
    await page.goto(`/campaigns/${id}?tab=plan&kind=test`);
    await page.getByRole('link', { name: 'ring-1' }).waitFor();
    await look('campaign-real-test-plan');
  });

  it('is halted on a phone, with one thumb', { timeout: STEP_MS_MAX }, async () => {
    await page.setViewportSize(WIDTHS.phone);
    await page.goto(`/campaigns/${id}`);
    await page.getByText('Every file verified').waitFor();
    const halt = page.getByRole('button', { name: 'Halt', exact: true });
    const box = await halt.boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(TARGET_PX_MIN);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(WIDTHS.phone.height);
    await page.mouse.wheel(0, 5_000);
    expect(await halt.boundingBox()).toEqual(box);
    await look('campaign-real-phone-test');
    await page.goto(`/campaigns/${id}?tab=plan&kind=test`);
    await page.getByRole('link', { name: 'ring-1' }).waitFor();
    await look('campaign-real-phone-plan');
    await page.goto(`/campaigns/${id}?tab=jobs`);
    await page.getByRole('link', { name: 'ring-1' }).waitFor();
    await look('campaign-real-phone-jobs');

    await halt.click();
    const dialog = page.getByRole('dialog');
    const send = dialog.getByRole('button', { name: 'Halt', exact: true });
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('What is wrong').fill('smoke in the rack');
    await look('campaign-real-halt');
    await send.click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByText('smoke in the rack').first().waitFor();
    expect((await house.world.state(id)).state).toBe('halted');
    expect(await evidence('stopped')).toMatchObject({ how: 'halted', by: 'ivy' });
    await page.mouse.wheel(0, -5_000);
    await look('campaign-real-halted');
  });

  it('says why whoever halted it cannot let it go on', { timeout: STEP_MS_MAX }, async () => {
    const resume = page.getByRole('button', { name: 'Go on' });
    expect(await resume.getAttribute('aria-disabled')).toBe('true');
    expect(await resume.getAttribute('data-hint')).toContain('Security');
    const halt = page.getByRole('button', { name: 'Halt', exact: true });
    expect(await halt.getAttribute('data-hint')).toBe('The campaign is halted already.');
  });

  it('tells everything that happened, each with its entry in the record', { timeout: STEP_MS_MAX }, async () => {
    await page.setViewportSize(WIDTHS.desk);
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByRole('button', { name: 'halt', exact: true }).click();
    await page.locator('.ps-raw', { hasText: 'smoke in the rack' }).waitFor();
    await look('campaign-real-events');

    await page.goto(`/assets/${house.world.host('ring-1').assetId}?tab=campaigns`);
    await page.getByRole('link', { name: /acme-web/ }).waitFor();
    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('link', { name: 'asset.enrolled' }).waitFor();
    await look('asset-real-timeline');
  });
}

describeInBrowser('a campaign', () => {
  describeWithDatabase('on the real rooms', story);
});

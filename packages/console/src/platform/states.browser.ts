import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { axeViolations, describeInBrowser, keepScreenshot, type Visit, visit, WIDTHS } from './testing/browser.ts';
import { FAKE_ASSETS } from './testing/fake-assets.ts';
import { type FakeHouse, openFakeHouse } from './testing/house.ts';

/** What a first visit may cost in compressed script. */
const FIRST_LOAD_SCRIPT_BYTES_MAX = 250_000;
/** Rows of 3,200 that may be in the page at once: a window full, and some on either side. */
const ROWS_IN_PAGE_MAX = 120;
/** Google's limit for a good page is 0.1. */
const LAYOUT_SHIFT_MAX = 0.05;

describeInBrowser('states and habits of the console', () => {
  let house: FakeHouse;
  let visited: Visit;
  let page: Page;
  beforeAll(async () => {
    house = await openFakeHouse('release');
  });
  beforeEach(async () => {
    visited = await visit(house.browser, { origin: house.server.origin });
    page = visited.page;
  });
  afterEach(async () => {
    house.server.refuseWith = null;
    house.server.may = ['operator', 'administrator'];
    await visited.context.close();
  });
  afterAll(() => house.close());

  it('loads less than 250 kB of compressed script for the heaviest screen', async () => {
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body());
    });

    await page.goto(`/assets/${FAKE_ASSETS.affected}`);
    await page.getByText('143 vulnerabilities').waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0);

    expect(scripts.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(FIRST_LOAD_SCRIPT_BYTES_MAX);
  });

  it.each(['/assets', `/assets/${FAKE_ASSETS.affected}`, '/feeds'])('does not jump while %s loads', async (address) => {
    await page.addInitScript(() => {
      const sums = window as unknown as { shift: number }; // The page under test has no such field of its own.
      sums.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sums.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });

    await page.goto(address);
    await page.waitForLoadState('networkidle');

    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(LAYOUT_SHIFT_MAX);
  });

  it('keeps few of 3,200 findings in the page and scrolls to the last without blanks', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.neglected}?open=*`);
    await page.getByText('3,200 vulnerabilities in 120 source packages').waitFor();

    for (const part of [0.25, 0.5, 0.75, 1]) {
      await page.evaluate((share) => window.scrollTo(0, document.documentElement.scrollHeight * share), part);
      await page.waitForFunction(() => document.elementFromPoint(700, 500)?.closest('tbody:not(.ps-gap)') !== null);
      expect(await page.locator('tbody[data-index]').count()).toBeLessThan(ROWS_IN_PAGE_MAX);
    }
    await keepScreenshot(page, 'findings-scrolled-to-the-end');
  });

  it('loads further pages while scrolling and says so in the address', async () => {
    await page.goto('/record');
    await page.getByText('100 of 240 loaded').waitFor();
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));

    await page.waitForURL('**/record?pages=*');
    expect(new URL(page.url()).searchParams.get('pages')).toBe('2');
    await page.reload();

    await page.getByText('200 of 240 loaded').waitFor();
  });

  it('loads what comes into sight of a long list, wherever the reader jumps', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith('/assets')) asked.push(searchParams.get('skip') ?? 'none');
    });
    await page.goto('/assets');
    await page.getByRole('link', { name: 'web-1.example.org' }).waitFor();
    expect(await page.locator('table').getAttribute('aria-rowcount')).toBe('306');
    expect(asked).not.toContain('200');

    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));

    await page.locator('tbody[data-index="304"]').getByRole('link').waitFor();
    expect(await page.locator('tbody[aria-busy]').count()).toBe(0);
    expect(await page.locator('tbody[data-index]').count()).toBeLessThan(ROWS_IN_PAGE_MAX);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.getByRole('link', { name: 'web-1.example.org' }).waitFor();
  });

  it('lets each person say how they are told, and take it back', async () => {
    await page.goto('/account');
    const critical = page.getByLabel('Critical', { exact: true });
    const row = page.getByRole('listitem').filter({ has: critical });
    await critical.selectOption('In the message of the hour');
    await row.getByText('chosen by you').waitFor();

    await page.reload();
    expect(await critical.inputValue()).toBe('digest');
    await critical.selectOption('As everybody: At once');

    await row.getByText('chosen by you').waitFor({ state: 'detached' });
  });

  it('asks of whom, of what and when somebody was told by its address', async () => {
    await page.goto('/told');
    await page.getByText('2 messages').waitFor();
    await page.getByRole('link', { name: 'Sam Security (sam)' }).click();

    await page.getByText('1 message', { exact: true }).waitFor();
    expect(await page.getByLabel('Person').inputValue()).toBe('sam');
    await page.getByLabel('Of', { exact: true }).selectOption('Feed fell silent');
    await page.getByText('No message passes these filters.').waitFor();
    expect(new URL(page.url()).search).toBe('?person=sam&kind=feed-silent');
  });

  it('tells "not judged" from "no findings", in the list and on the asset', async () => {
    await page.goto('/assets?search=example.org');
    const row = (name: string) => page.locator('tbody', { hasText: name }).first();
    await row('ci-runner').waitFor();

    expect(await row('ci-runner').textContent()).toContain('Not judged');
    expect(await row('ci-runner').textContent()).toContain('import a feed that does');
    expect(await row('ci-runner').textContent()).not.toContain('No findings');
    expect(await row('mail-1').textContent()).toContain('No findings');

    await row('ci-runner').getByRole('link').click();
    await page.getByRole('heading', { name: 'Not judged' }).waitFor();
    await page.getByRole('link', { name: 'Go to the feeds' }).click();
    await page.getByRole('heading', { name: 'Feeds', exact: true }).waitFor();
  });

  it('keeps everything in the address: a reload and a link show the same', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.affected}`);
    await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('openssl');
    await page.waitForURL('**search=openssl*');
    await page.getByRole('button', { name: 'CVE-2025-10000' }).click();
    await page.getByText('Why this lane').waitFor();
    const address = page.url();

    await page.reload();

    await page.getByText('Why this lane').waitFor();
    expect(page.url()).toBe(address);
    expect(new URL(address).searchParams.get('item')).toBe('CVE-2025-10000@openssl@1.0.0-3+deb12u1');
  });

  it('shows the row that a link names, wherever it stands in the list', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.neglected}?item=CVE-2025-10115@source-115@1.115.0-3%2Bdeb12u2`);
    await page.getByText('Why this lane').waitFor();

    await page.waitForFunction((height) => {
      const top = document.querySelector('.ps-detail')?.getBoundingClientRect().top ?? -1;
      return top > 0 && top < height;
    }, WIDTHS.desk.height);
  });

  it('shows how a finding came about, with the claims that lost', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.affected}?item=CVE-2025-10000@openssl@1.0.0-3%2Bdeb12u1`);
    const detail = page.locator('.ps-detail');
    await detail.waitFor();
    await detail.getByText('1 claim that lost').click();

    const words = await detail.innerText();
    for (const part of [
      'the version in which DSA-5800-1 fixes CVE-2025-10000',
      'libssl3:amd64',
      'CISA lists it since 2 Oct 2025',
      '94.3 % chance of exploitation',
      'due 48 hours after its release',
      'says the advisory',
      'No window of web is open',
      'the clock stands still',
      'a newer revision of the same advisory says otherwise',
    ]) {
      expect(words).toContain(part);
    }
    expect(await detail.getByRole('link', { name: 'DSA-5800-1' }).getAttribute('href')).toMatch(/^https:/);
  });

  it('names the exact instant in UTC under pointer and focus', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.affected}?tab=system`);
    const booted = page.locator('.ps-panel time').first();
    await booted.hover();
    await page
      .getByRole('tooltip')
      .getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
      .waitFor();

    await page.mouse.move(0, 0);
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
    await booted.focus();

    await page.getByRole('tooltip').getByText(/UTC$/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  });

  it('is run with the keyboard alone', async () => {
    await page.goto('/assets');
    await page.getByRole('link', { name: 'web-1.example.org' }).waitFor();

    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('/');
    await page.keyboard.type('web-1');
    await page.waitForURL('**/assets?search=web-1');
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/assets$/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await focused(page, 'web-1.example.org');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await focused(page, 'web-1.example.org');
    await page.keyboard.press('Enter');
    await page.getByText('143 vulnerabilities').waitFor();
    await page.keyboard.press('j');
    await focused(page, 'openssl');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'openssl', expanded: true }).waitFor();
    await page.keyboard.press('j');
    await focused(page, 'CVE-2025-10000');
    await page.keyboard.press('Enter');
    await page.getByText('Why this lane').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Why this lane').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await keepScreenshot(page, 'keys-help');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/assets$/);
    await focused(page, 'web-1.example.org');
    await page.keyboard.press('j');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL('**/feeds');
  });

  it('lets shortcuts of one letter be turned off', async () => {
    await page.goto('/assets');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByLabel('Shortcuts of one letter').uncheck();
    await page.keyboard.press('Escape');

    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.keyboard.press('?');

    expect(page.url()).toMatch(/\/assets$/);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('keeps the chosen theme and shows it before the first paint', async () => {
    await page.goto('/feeds');
    await page.getByText('Dark', { exact: true }).first().waitFor({ state: 'attached' });
    await page.locator('label', { hasText: 'Dark' }).click();
    const dark = () => page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark'));
    expect(await dark()).toBe(true);

    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('#root', { state: 'attached' });

    expect(await dark()).toBe(true);
  });

  it('keeps a change of facts when somebody else was faster, and says what happened', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.clean}`);
    await page.getByRole('button', { name: 'Edit facts' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Exposure').selectOption('isolated');
    house.server.changeBehindTheBack(FAKE_ASSETS.clean);

    await form.getByRole('button', { name: 'Save' }).click();

    await form.getByText('Somebody else changed this asset').waitFor();
    await form.getByText('Criticality: was Normal, is now Critical').waitFor();
    await keepScreenshot(page, 'facts-conflict');
    expect(await form.getByLabel('Exposure').inputValue()).toBe('isolated');
    expect(await form.getByLabel('Criticality').inputValue()).toBe('critical');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await page.locator('.ps-facts').getByText('Isolated').waitFor();
    expect(await page.locator('.ps-facts').innerText()).toContain('Shop team');
  });

  it('gives a reason with every button that cannot be used', async () => {
    house.server.may = [];
    await page.goto(`/assets/${FAKE_ASSETS.affected}`);
    const edit = page.getByRole('button', { name: 'Edit facts' });
    await edit.waitFor();

    expect(await edit.getAttribute('aria-disabled')).toBe('true');
    await edit.hover();
    await page.getByRole('tooltip').getByText('Your account may look but not change').waitFor();
    await edit.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.goto('/enrollment');
    await page.getByText('Only an administrator may do this').first().waitFor();
  });

  it('shows an enrollment command once', async () => {
    await page.goto('/enrollment');
    await page.getByLabel('Note').fill('web-3');
    await page.getByRole('button', { name: 'Make a token' }).click();

    const line = page.getByLabel('Enrollment command of the package');
    await line.waitFor();
    expect(await line.inputValue()).toContain('patchsteward-agent enroll');
    expect(await page.getByLabel('Enrollment command of a clone').inputValue()).toContain('patchsteward agent enroll');
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await keepScreenshot(page, 'enrollment-created');
    await page.getByRole('button', { name: 'I have it' }).click();
    await line.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('ps1.');
  });

  it('takes the line of a token away as soon as the token is revoked', async () => {
    await page.goto('/enrollment');
    await page.getByLabel('Note').fill('web-4');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByLabel('Enrollment command of the package').waitFor();

    await page.getByRole('button', { name: 'Revoke: web-4' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();

    await page.getByRole('heading', { name: 'This token was revoked' }).waitFor();
    expect(await page.content()).not.toContain('ps1.');
    await keepScreenshot(page, 'enrollment-revoked');
    await page.getByRole('button', { name: 'Make another token' }).click();
    await page.getByRole('button', { name: 'Make a token' }).waitFor();
  });

  it('asks before a token is revoked', async () => {
    await page.goto('/enrollment');
    await page.getByRole('button', { name: 'Revoke: web-2' }).click();
    await page.getByRole('dialog').getByText('will no longer enroll a host').waitFor();

    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();

    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('imports a feed from a file and tells what came of it; a failed fetch says what to do', async () => {
    await page.goto('/feeds');
    await page.getByLabel('File for FIRST EPSS scores').setInputFiles({
      name: 'epss.csv.gz',
      mimeType: 'application/gzip',
      buffer: Buffer.alloc(1_000),
    });
    await page.getByText('Imported 1,000 records in 1.2 s.').waitFor();
    await page.getByText('3 records set aside').click();
    await page.getByText('and 2 more').waitFor();

    await page.getByRole('button', { name: 'Fetch now: CISA' }).click();
    await page.getByText('The publisher did not answer within 30 s.').waitFor();
    await page.getByText('Check the network or import the feed from a file.').waitFor();
    await keepScreenshot(page, 'feeds-import');
  });

  it('switches feeds on, adds one of the house, and removes it after a question', async () => {
    await page.goto('/feeds');
    await page.getByRole('button', { name: 'Switch on: npm packages' }).click();
    await page.getByRole('button', { name: 'Switch off: npm packages' }).waitFor();

    await page.getByRole('button', { name: 'Add a feed' }).click();
    await page.getByText('Give it a name of small letters').waitFor();
    await page.getByLabel('Name').fill('acme');
    await page.getByLabel('Form', { exact: true }).selectOption('alpine-secdb');
    await page.getByLabel('Address').fill('https://secdb.example.org/v3.20/main.json');
    await page.getByLabel('Title').fill('Acme Linux');
    expect(await axeViolations(page, () => keepScreenshot(page, 'feeds-add'))).toEqual([]);
    await page.getByRole('button', { name: 'Add a feed' }).click();

    await page.getByRole('heading', { name: 'Acme Linux' }).waitFor();
    await page.getByRole('button', { name: 'Remove: Acme Linux' }).click();
    await page.getByRole('dialog').getByText('Findings that rest on it alone go away').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'Acme Linux' }).waitFor({ state: 'detached' });
  });

  it('adds a provider after somebody compared the keys that it serves', async () => {
    await page.goto('/feeds?form=add');
    await page.getByLabel('Name').fill('psirt');
    await page.getByLabel('Form', { exact: true }).selectOption('csaf');
    await page.getByLabel('Address').fill('https://psirt.acme.example');
    await page.getByRole('button', { name: 'Look at the provider' }).press('Enter');
    await page.getByRole('heading', { name: 'Found: Acme PSIRT' }).waitFor();
    const add = page.getByRole('button', { name: 'Add it' });
    expect(await add.getAttribute('aria-disabled')).toBe('true');

    await page.getByRole('checkbox', { name: 'I have compared 9B22 D0E5' }).check();
    expect(await axeViolations(page, () => keepScreenshot(page, 'feeds-provider'))).toEqual([]);
    await page.getByRole('button', { name: 'Add it with 1 key' }).click();

    await page.getByRole('heading', { name: 'psirt', exact: true }).waitFor();
  });

  it('shows a change of keys as an alarm, which a person clears with a word', async () => {
    await page.goto('/feeds?keys=acme-psirt');
    await page.getByRole('button', { name: 'Look at what it serves now' }).click();
    await page.getByRole('alert').getByText('The keys of this provider have changed.').waitFor();
    await page.getByText('Pinned, and served no longer').waitFor();
    await page.getByRole('checkbox', { name: 'I have compared 9B22 D0E5' }).check();
    for (const size of ['desk', 'phone'] as const) {
      await page.setViewportSize(WIDTHS[size]);
      expect(await axeViolations(page, () => keepScreenshot(page, `feeds-key-alarm-${size}`))).toEqual([]);
    }
    await page.setViewportSize(WIDTHS.desk);

    await page.getByRole('button', { name: 'Let the ticked keys count' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Let the ticked keys count' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await dialog.getByLabel('How you compared them').fill('by telephone with their security team');
    await dialog.getByRole('button', { name: 'Let the ticked keys count' }).click();

    await page.getByText('Pinned. The provider is asked again by itself.').waitFor();
    await page.getByRole('button', { name: 'Look at what it serves now' }).click();
    await page.getByText('It serves the keys that are pinned.').waitFor();
  });

  it('edits what an asset is looked at by after a change, and says what cannot be read', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.clean}?tab=system`);
    await page.getByText('Nothing is looked at').waitFor();
    await page.getByRole('button', { name: 'Edit the health profile' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ports that listen').first().fill('https');
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByText('A port is a number from 1 to 65535.').waitFor({ state: 'attached' });

    await dialog.getByLabel('Ports that listen').first().fill('443\n80');
    await dialog.getByLabel('Units that are active').last().fill('backup-agent.service');
    await save.click();

    await page.getByText('443, 80').waitFor();
    await page.getByText('Wanted: told where it is missing').waitFor();
    expect(new URL(page.url()).searchParams.get('edit')).toBeNull();
  });

  it('says with the words of the server which field of a health profile it would not take', async () => {
    await page.goto(`/assets/${FAKE_ASSETS.clean}?tab=system&edit=health`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Addresses that answer').first().fill('https://example.org/');
    await dialog.getByRole('button', { name: 'Save' }).click();

    await dialog.getByRole('alert').getByText('Addresses that answer').waitFor();
    expect(await dialog.getByLabel('Addresses that answer').first().inputValue()).toBe('https://example.org/');
  });

  it('lets Security keep what counts, or agree to less', async () => {
    house.server.may = ['operator', 'security'];
    await page.goto('/unknown-severities?state=held');
    await page.getByRole('button', { name: 'Select all that are loaded' }).click();
    await page.getByRole('button', { name: 'Keep it in Security’s own word' }).press('Enter');
    const decision = page.getByRole('region', { name: 'Judge 12 vulnerabilities' });
    await decision.getByLabel('Severity').selectOption('Critical');
    await decision.getByLabel('Why').fill('The flaw is as grave as before.');
    await decision.getByRole('button', { name: 'Judge' }).click();
    await page.getByText('Judged 12 vulnerabilities.').waitFor();

    await page.getByRole('button', { name: 'Select all that are loaded' }).click();
    await page.getByRole('button', { name: 'Agree to what sources say' }).click();
    await page.getByRole('region', { name: 'Agree to what sources say of 12 vulnerabilities' }).waitFor();
  });

  it('shows an error with what to do, and recovers when asked again', async () => {
    house.server.refuseWith = 'database-gone';
    await page.goto('/feeds');
    await page.getByText('The database does not answer.').waitFor();
    await page.getByText('the server reconnects by itself').waitFor();
    await keepScreenshot(page, 'feeds-database-gone');

    house.server.refuseWith = null;
    await page.getByRole('button', { name: 'Try again' }).click();

    await page.getByText('Debian security advisories').waitFor();
  });

  it('keeps what was loaded when the server is gone, says so, and returns by itself', async () => {
    await page.goto('/assets');
    await page.getByRole('link', { name: 'web-1.example.org' }).waitFor();
    await visited.context.setOffline(true);

    await page.keyboard.press('r');

    await page.getByText('The server does not answer.').waitFor();
    await page.getByText('this is what was loaded before').waitFor();
    expect(await page.getByRole('link', { name: 'web-1.example.org' }).count()).toBe(1);
    await keepScreenshot(page, 'assets-offline');
    await visited.context.setOffline(false);
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    await page.getByText('this is what was loaded before').waitFor({ state: 'detached' });
  });

  it('asks to sign in when the session ended elsewhere, and comes back to the same place', async () => {
    await page.goto('/feeds');
    await page.getByText('Debian security advisories').waitFor();
    house.server.refuseWith = 'not-signed-in';
    house.server.visitor = 'nobody';

    await page.keyboard.press('r');

    await page.waitForURL('**/sign-in?next=*');
    await page.getByLabel('Login').fill('ada');
    house.server.refuseWith = null;
    house.server.visitor = 'ada';
    await page.getByLabel('Password').fill('a password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/feeds');
    await page.getByText('Debian security advisories').waitFor();
  });
});

/** Waits until the row of that name has the focus. */
async function focused(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (text) => document.activeElement?.matches('[data-row-main]:focus') && document.activeElement.textContent === text,
    name,
  );
}

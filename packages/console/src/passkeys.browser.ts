import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { run } from '../../cli/src/platform/testing/run.ts';
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
import { asked, putSigningInto, signedIn } from './platform/testing/signing-in-page.ts';

const PASSWORD = 'seven quiet herons by the weir';
const NEXT_PASSWORD = 'eight quiet herons by the lake';
const KEY_ID = /sha256:[0-9a-f]{64}/;

/** One story with a virtual authenticator: from no passkey to a word of a person that the server takes. */
function story(): void {
  let house: RealHouse;
  let visited: Visit;
  let page: Page;
  let devices: CDPSession;
  let folder: string;
  let keyid = '';
  let campaign = '';
  beforeAll(async () => {
    house = await openRealHouse();
    folder = await mkdtemp(join(tmpdir(), 'passkeys-'));
    // A browser gives passkeys out for names: the server listens on 127.0.0.1, which is localhost.
    const origin = house.server.consoleUrl.replace('127.0.0.1', 'localhost');
    visited = await visit(house.browser, { origin });
    page = visited.page;
    devices = await visited.context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
  });
  afterAll(async () => {
    await visited.context.close();
    await house.close();
    await rm(folder, { recursive: true, force: true });
  });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  /** An empty device of the person, in place of any other. */
  const plugIn = async ({ isUserVerified }: { readonly isUserVerified: boolean }) => {
    await devices.send('WebAuthn.disable');
    await devices.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
    } as const;
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, isUserVerified } });
  };
  const at = (name: string) => join(folder, name);
  const cli = async (...argv: readonly string[]) => {
    const { code, stdout, stderr } = await run(argv, {
      environment: { PATCHSTEWARD_DATA: house.server.settings.data },
    });
    expect(code, stderr).toBe(0);
    return stdout;
  };
  const halt = async (why: string) => {
    const body = { kind: 'halt', body: { why } };
    const drafted = await asked(page, { method: 'POST', path: `campaigns/${campaign}/statement-drafts`, body });
    expect(drafted.status).toBe(200);
    return { payloadType: String(drafted.body['payloadType']), payload: String(drafted.body['payload']) };
  };
  const say = (draft: Awaited<ReturnType<typeof halt>>, signature: object) =>
    asked(page, {
      method: 'POST',
      path: `campaigns/${campaign}/statements`,
      body: { envelope: { ...draft, signatures: [signature] } },
    });

  it('shows the account of whoever signs in first', async () => {
    const { hash } = new URL(house.server.firstRunUrl ?? 'the server gave no link');
    await page.goto(`/first-run${hash}`);
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/first-run'));

    await page.goto('/account');
    await page.getByText('You have no passkey yet.').waitFor();
    await page.getByText('You have no API token.').waitFor();
    await keepScreenshot(page, 'account-new');
  });

  it('adds a passkey, which waits for a signed change', async () => {
    await plugIn({ isUserVerified: true });
    await page.getByLabel('Name of the new passkey').fill('Laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('waits for a signed change').waitFor();
    await page.getByText('There is no trust root').first().waitFor();
    keyid = KEY_ID.exec(await page.locator('.ps-keyid').innerText())?.[0] ?? '';
    expect(keyid).toMatch(KEY_ID);

    await page.getByRole('button', { name: 'Rename: Laptop' }).click();
    await page.getByLabel('New name').fill('Desk');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Desk' }).waitFor();
  });

  it('shows the command for an administrator once there is a root', async () => {
    await cli('key', 'new', at('ada'), '--no-passphrase');
    const person = `ada:Ada Example:admin,change,it,owner,security:${at('ada')}`;
    const argv = [
      '--team',
      '--organization',
      'Example',
      '--person',
      person,
      '--key',
      at('ada'),
      '--out',
      at('root.json'),
    ];
    await cli('trust', 'init', ...argv);
    await cli('trust', 'publish', at('root.json'));

    await page.reload();
    const command = await page.getByLabel('Command for an administrator').inputValue();
    expect(command).toBe(`patchsteward trust change --out root-2.json --add-passkey ada=${keyid} --key <key>`);
    await keepScreenshot(page, 'account-waiting');
  });

  it('signs nothing before it is in the root', async () => {
    campaign = await openCampaign();
    await putSigningInto(page);
    expect(await signedIn(page, await halt('Too early.'))).toMatchObject({ stopped: 'not-in-root' });
  });

  it('is in the root after the change, and signs a word that the server takes', async () => {
    const changed = await cli(
      'trust',
      'change',
      '--out',
      at('root-2.json'),
      '--add-passkey',
      `ada=${keyid}`,
      '--key',
      at('ada'),
    );
    expect(changed).toContain(`+ key of ada  ${keyid}  passkey for localhost, console`);
    await cli('trust', 'publish', at('root-2.json'));

    const [draft, another] = [await halt('Smoke in the server room.'), await halt('Another word.')];
    const signature = await signedIn(page, draft);
    expect(signature).toMatchObject({ keyid });
    expect(await say(another, signature)).toMatchObject({ status: 403, body: { error: { code: 'signature-wrong' } } });
    expect(await say(draft, signature)).toMatchObject({
      status: 200,
      body: { kind: 'halt', person: 'ada', state: 'halted' },
    });

    await page.reload();
    await page.getByText('in the trust root', { exact: true }).waitFor();
    await page.getByText('last used').waitFor();
  });

  it('makes a token that is shown once, and revokes it', async () => {
    await page.getByLabel('What it is for').fill('backup script');
    await page.getByRole('button', { name: 'Make a token' }).click();
    expect(await page.getByLabel('Token', { exact: true }).inputValue()).toMatch(/^pst_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Revoke: backup script' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('You have no API token.').waitFor();
  });

  it('changes the password, after refusing a wrong one', async () => {
    await page.getByLabel('Current password').fill('seven loud herons by the weir');
    await page.getByLabel('New password').fill(NEXT_PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The current password is wrong').waitFor();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed.').waitFor();

    await page.goto('/account');
    await page.locator('.ps-passkey').first().waitFor();
  });

  it.each(['desk', 'phone'] as const)('has no violation of WCAG, at a %s', async (size) => {
    await page.setViewportSize(WIDTHS[size]);
    await page.goto('/account');
    await page.locator('.ps-passkey').first().waitFor();
    const keep = (theme: string) => keepScreenshot(page, `account-${size}-${theme}`);
    expect(await axeViolations(page, keep)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    await page.setViewportSize(WIDTHS.desk);
  });

  it('is removed here, and leaves the root by another change', async () => {
    await page.getByRole('button', { name: 'Remove: Desk' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('removed, still in the root').waitFor();
    expect(await page.getByLabel('Command for an administrator').inputValue()).toContain(`--remove-key ${keyid}`);

    await cli('trust', 'change', '--out', at('root-3.json'), '--remove-key', keyid, '--key', at('ada'));
    await cli('trust', 'publish', at('root-3.json'));
    await page.reload();
    await page.getByText('You have no passkey yet.').waitFor();
    expect(visited.complaints).toEqual([]);
  });

  it('adds nothing where the device does not know who is before it', async () => {
    await plugIn({ isUserVerified: false });
    await page.getByLabel('Name of the new passkey').fill('Phone');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('Nothing was signed').waitFor();
    await page.getByText('You have no passkey yet.').waitFor();
  });

  /** Through the real doors: a host that reports, a feed that judges it, and a person who adopts what is proposed. */
  async function openCampaign(): Promise<string> {
    const { token } = JSON.parse(await cli('enrollment-token', 'create', '--json')) as { token: string };
    const agent = new FakeAgent(house.agentsPort, 'web-1');
    expect((await agent.enroll(token)).status).toBe(200);
    await agent.report(inventory({ hostname: 'web-1' }));
    const lately = `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`;
    const fixed = { published: lately, id: 'DSA-6000-1', package: 'curl', fixed: '7.88.1-10+deb12u15' };
    await writeFile(at('debian.jsonl'), osvFile({ ...fixed, upstream: ['CVE-2026-0001'] }));
    await cli('feeds', 'import', at('debian.jsonl'), '--feed', 'debian-osv');
    await expect.poll(async () => (await proposals()).length, { timeout: 20_000 }).toBeGreaterThan(0);
    const [first] = await proposals();
    const opened = await asked(page, { method: 'POST', path: 'campaigns', body: { proposal: first?.id } });
    expect(opened.status).toBe(200);
    return String(opened.body['id']);
  }

  async function proposals(): Promise<{ id: string }[]> {
    const { body } = await asked(page, { method: 'GET', path: 'proposals' });
    return Array.isArray(body['items']) ? body['items'] : [];
  }
}

describeInBrowser('passkeys', () => {
  describeWithDatabase('on the real server', story);
});

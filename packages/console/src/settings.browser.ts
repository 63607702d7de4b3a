import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../../server/src/platform/testing/database.ts';
import { describeInBrowser, keepScreenshot, type Visit, visit } from './platform/testing/browser.ts';
import { HAS_OPENSSH, type OwnMachine, openOwnMachine } from './platform/testing/own-machine.ts';
import { openRealHouse, type RealHouse } from './platform/testing/real-house.ts';
import { asked } from './platform/testing/signing-in-page.ts';

const PASSWORDS = { ada: 'seven quiet herons by the weir', otto: 'nine brass lamps in the attic' } as const;
/** What a publisher would hand out: any certificate will do, for nothing is fetched with it here. */
const NO_KEY = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';

/** One story on the real server: each step goes on where the last one ended. */
function story(): void {
  let house: RealHouse;
  let admin: Visit;
  let page: Page;
  let invited: Visit;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    house = await openRealHouse();
    admin = await visit(house.browser, { origin: house.server.consoleUrl });
    invited = await visit(house.browser, { origin: house.server.consoleUrl });
    contexts.push(admin.context, invited.context);
    page = admin.page;
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await house.close();
  });
  let brokenOff = false;
  beforeEach(({ skip }) => skip(brokenOff, 'an earlier step failed'));
  afterEach(({ task }) => {
    brokenOff ||= task.result?.state === 'fail';
  });

  const links = { otto: '', vera: '' };
  async function add(login: 'otto' | 'vera', name: string, role: string): Promise<void> {
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Login').fill(login);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('checkbox', { name: role, exact: true }).check();
    await page.getByRole('button', { name: 'Add and make the link' }).click();
    links[login] = await page.getByRole('textbox', { name: `Link for ${name}` }).inputValue();
    await page.getByRole('button', { name: 'I have passed it on' }).click();
    await page.locator('tbody', { hasText: name }).getByText('Invited').waitFor();
  }

  it('an administrator invites two people by links that are shown once', async () => {
    await page.goto(house.server.firstRunUrl ?? 'the server gave no link');
    await page.getByLabel('Your name').fill('Ada Example');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORDS.ada);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('link', { name: 'People', exact: true }).click();

    await add('otto', 'Otto Reis', 'Owner');
    await add('vera', 'Vera Kant', 'Auditor');

    expect(links.otto).toMatch(/^http:\/\/\S+\/invitation#\S{43}$/);
    await page.reload();
    await page.getByText('Vera Kant').waitFor();
    expect(await page.content()).not.toContain(links.otto.split('#')[1] ?? 'no secret');
    await keepScreenshot(page, 'settings-people');
  });

  it('says at the field what cannot be taken of it, by the name that the field has here', async () => {
    await page.goto('/people?form=add');
    await page.getByLabel('Login').fill('Otto Reis');
    await page.getByLabel('Name', { exact: true }).fill('Otto Reis');
    await page.getByLabel('Mail address').fill('nowhere');
    await page.getByRole('button', { name: 'Add and make the link' }).click();

    const login = page.getByLabel('Login');
    await page.locator('.ps-form-grid .ps-problem').nth(1).waitFor();
    expect(await login.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Mail address').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('false');
    const refusal = await page.locator('.ps-failed').innerText();
    expect(refusal).toMatch(/Login: .*\n.*Mail address: /);
    expect(refusal).not.toContain('body.');
    await keepScreenshot(page, 'settings-refused-fields');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('refuses to leave nobody who administers, and says why', async () => {
    await page.getByRole('button', { name: 'Disable: Ada Example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('Give another person the role admin first').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
  });

  it('one of them follows the link, sees as what, chooses a password and is in', async () => {
    const { page: theirs } = invited;
    await theirs.goto(links.vera);
    await theirs.getByText('Good day, Vera Kant.').waitFor();
    await theirs.getByText('Auditor').waitFor();
    await theirs.getByLabel('Password', { exact: true }).fill('vera vera vera vera');
    await theirs.getByRole('button', { name: 'Set the password' }).click();
    await theirs.getByText('common words').waitFor();
    await theirs.getByLabel('Password', { exact: true }).fill(PASSWORDS.otto);
    await theirs.getByRole('button', { name: 'Set the password' }).click();
    await theirs.waitForURL((url) => url.pathname === '/');
    await theirs.getByRole('link', { name: 'Record', exact: true }).waitFor();

    await theirs.goto('about:blank');
    await theirs.goto('/people');
    await theirs.getByText('Only an administrator may do this.').first().waitFor();
    await page.goto('/people');
    await page.locator('tbody', { hasText: 'Vera Kant' }).getByText('Active').waitFor();
  });

  it('the link works once', async () => {
    const another = await visit(house.browser, { origin: house.server.consoleUrl });
    contexts.push(another.context);
    await another.page.goto(links.vera);
    await another.page.getByText('This link was used').waitFor();
  });

  it('the auditor checks the proof of an entry, computed in the browser', async () => {
    const { page: theirs } = invited;
    await theirs.goto('/record?kind=person');
    await theirs.locator('tbody', { hasText: 'person.joined' }).getByRole('button', { name: 'person.joined' }).click();

    await theirs.getByText('This entry stands in the signed record exactly as shown.').waitFor();
    await theirs.getByText('The checkpoint is signed with the key of the record.').waitFor();
    await theirs.getByText('Who signed the checkpoint had this entry at this place').waitFor();
    await keepScreenshot(theirs, 'settings-proof');
  });

  it('and sees it fail where one byte of the entry is another', async () => {
    const { page: theirs } = invited;
    await theirs.route('**/api/v1/record/entries/*/proof', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('"login":"vera"', '"login":"vora"');
      await route.fulfill({ status: response.status(), contentType: 'application/json; charset=utf-8', body });
    });
    await theirs.reload();

    await theirs.getByText('This entry is not what was signed.').waitFor();
    await theirs.getByText('The bytes shown do not make the hash of the entry.').waitFor();
    await theirs.getByText('The steps from it do not lead to the signed root.').waitFor();
    await keepScreenshot(theirs, 'settings-proof-wrong');
    await theirs.unroute('**/api/v1/record/entries/*/proof');
  });

  it('a checkpoint kept earlier is continued by the record of later', async () => {
    const { page: theirs } = invited;
    const kept = await theirs.evaluate(async () => {
      const answer: { checkpoint: { note: string } } = await (await fetch('/api/v1/record')).json();
      return answer.checkpoint.note;
    });
    // Something happens; proving it signs a new checkpoint.
    await page.getByRole('button', { name: 'New link: Otto Reis' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByRole('textbox', { name: 'Link for Otto Reis' }).waitFor();
    await theirs.goto('/record?kind=person');
    await theirs.getByRole('button', { name: 'person.invited' }).click();
    await theirs.getByText('stands in the signed record').waitFor();

    await theirs.getByRole('link', { name: 'Signature and export' }).click();
    await theirs.getByLabel('Checkpoint kept earlier').fill(kept);
    await theirs.getByRole('button', { name: 'Compare' }).click();
    await theirs.getByText('Nothing of what was signed then was changed.').waitFor();

    await theirs.getByLabel('Checkpoint kept earlier').fill(kept.replace(/\n\d+\n/, '\n1\n'));
    await theirs.getByRole('button', { name: 'Compare' }).click();
    await theirs.getByText('This checkpoint was not signed with the key of this record.').waitFor();
    await keepScreenshot(theirs, 'settings-kept-checkpoint');
  });

  it('a colleague is found by name, and the filters are in the address', async () => {
    const { page: theirs } = invited;
    await theirs.goto('/record');
    await theirs.getByLabel(/^Search entries/).fill('vera');
    await theirs.waitForURL('**/record?search=vera*');
    await theirs.getByText('person.joined').waitFor();
    await theirs.locator('tbody', { hasText: 'person.joined' }).getByRole('button', { name: 'Vera Kant' }).click();
    await theirs.waitForURL(/actor=person/);
    await theirs.getByText('1 entry', { exact: true }).waitFor();
  });

  it('reads the policy with the figures in force', async () => {
    const { page: theirs } = invited;
    await theirs.goto('/policy');
    await theirs.getByText('within 48 hours of their release').waitFor();
    await theirs.getByText('the procedure’s own figures').waitFor();
  });

  it('the wizard writes the commands of the root, which the server cannot make', async () => {
    await page.goto('/trust');
    await page.getByText('There is no trust root yet.').first().waitFor();
    await page.getByRole('button', { name: 'Everybody with an account' }).click();
    await page.getByLabel('Organization').fill('Example & Sons');
    const init = page.getByRole('textbox', { name: 'Make the root and sign it' });
    await init.waitFor();
    expect(await init.inputValue()).toContain(`patchsteward trust init --team --organization 'Example & Sons'`);
    expect(await init.inputValue()).toContain(`--person 'ada:Ada Example:admin,it,security:ada.pub'`);
    await page.getByText('Waiting for the root').waitFor();
    await keepScreenshot(page, 'settings-trust-wizard');
  });

  it.skipIf(!HAS_OPENSSH)(
    'its commands make a root of a pasted key, an uploaded and a new one (needs openssh-client)',
    async () => {
      const machine = await openOwnMachine();
      try {
        await rootByWizard(page, machine);
      } finally {
        await machine.close();
      }
    },
  );

  it('keys of an origin are read before anything is pinned, and what is no key is refused', async () => {
    await page.goto('/origins?form=add');
    await page.getByLabel('Address').fill('http://deb.example.org/debian');
    await page.getByLabel('Suite').fill('stable');
    await page.getByLabel('Components').fill('main');
    await page.getByLabel('Architectures').fill('amd64');
    await page.getByLabel('OpenPGP keys of the publisher').fill(NO_KEY);
    await page.getByRole('button', { name: 'Show the fingerprints' }).click();
    await page.getByText('The keys are not OpenPGP certificates').waitFor();
  });

  it('a stakeholder is added, tried and removed', async () => {
    await page.goto('/notices');
    await page.getByText('No mail server is set.').waitFor();
    await page.getByLabel('Address').fill('helpdesk@example.org');
    await page.getByRole('button', { name: 'Add a stakeholder' }).click();
    await page.getByRole('button', { name: 'Send a test: helpdesk@example.org' }).click();
    await page.getByText('The test message did not go out now.').waitFor();
    await page.getByRole('button', { name: 'Remove: helpdesk@example.org' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody beside the owners hears of changes.').waitFor();
    expect(admin.complaints).toEqual([]);
    expect(invited.complaints).toEqual([]);
  });
}

/** From the open page of the wizard to the root in its place: each line as it stands there, copied into a shell. */
async function rootByWizard(page: Page, machine: OwnMachine): Promise<void> {
  for (const login of ['ada', 'vera']) await machine.type(`ssh-keygen -q -t ed25519 -N '' -C ${login} -f ../${login}`);
  await machine.type('ssh-add -q ../ada');
  const person = (number: number) => page.getByRole('group', { name: `Person ${number}`, exact: true });
  await person(1)
    .getByLabel('SSH public key')
    .fill(await machine.type('cat ../ada.pub'));
  // A second administrator signs roots as well.
  await person(2).getByLabel('Key', { exact: true }).selectOption('made');
  await person(2).getByRole('checkbox', { name: 'Administrator', exact: true }).check();
  await person(3).locator('input[type=file]').setInputFiles(join(machine.folder, '../vera.pub'));
  const steps = page.getByRole('region', { name: 'What to run, where the keys are' });
  await steps.getByText('A second root signer adds a signature').waitFor();

  const made = await asked(page, { method: 'POST', path: 'api-tokens', body: { note: 'root' } });
  const environment = {
    PATCHSTEWARD_TOKEN: String(made.body['secret']),
    PATCHSTEWARD_PASSPHRASE: 'ten grey geese over the mill',
  };
  let printed = '';
  for (const line of await steps.getByRole('textbox').all()) {
    printed += await machine.type(await line.inputValue(), environment);
  }

  await page.getByText('The trust root is there.').waitFor();
  // Whoever comes back from the shell sees it, wherever the last line was.
  await page.waitForFunction(() => window.scrollY === 0);
  const hash = /hash +(sha256:[0-9a-f]{64})/.exec(printed)?.[1] ?? `no hash in ${printed}`;
  await page.getByText(hash).first().waitFor();
  await page.getByText('2 signatures of').waitFor();
  await keepScreenshot(page, 'settings-trust-root');
}

describeInBrowser('people, record, policy and trust', () => {
  describeWithDatabase('on the real server', story);
});

import { type Client, createClient } from '@patchsteward/contract/client';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { STOPS, type Stop } from './stops.ts';

/** The size at which a picture is still read in a page of text. */
const SIZE = { width: 1280, height: 800 };
const CAMPAIGNS_MAX = 100;
/** A machine with other work to do. */
const SCREEN_MS_MAX = 60_000;

interface Person {
  readonly login: string;
  readonly password: string;
}

interface TakeOptions {
  readonly browser: Browser;
  /** Of a demo whose story is told. */
  readonly origin: string;
  readonly keep: (name: string, png: Buffer) => Promise<void>;
}

/** Goes through the screens as the people of the demo do, and keeps what each looks like. */
export async function takePictures({ browser, origin, keep }: TakeOptions): Promise<void> {
  const people = await peopleOf(origin);
  for (const login of new Set(STOPS.map(({ as }) => as))) {
    const person = people.find((one) => one.login === login);
    if (person === undefined) throw new Error(`the demo at ${origin} has nobody called ${login}`);
    const context = await browser.newContext({
      ...{ baseURL: origin, viewport: SIZE, deviceScaleFactor: 1, colorScheme: 'light', reducedMotion: 'reduce' },
      ...{ locale: 'en-US', timezoneId: 'UTC' },
    });
    context.setDefaultTimeout(SCREEN_MS_MAX);
    const page = await context.newPage();
    await signIn(page, person);
    const client = await clientIn(context, origin);
    for (const stop of STOPS.filter(({ as }) => as === login)) {
      await page.goto(await addressOf(stop, client));
      await page.getByText(stop.settled).first().waitFor();
      if (stop.lookAt !== undefined) await bringToMiddle(page, stop.lookAt);
      await settle(page);
      await keep(stop.name, await page.screenshot({ animations: 'disabled', type: 'png' }));
    }
    await context.close();
  }
}

async function peopleOf(origin: string): Promise<readonly Person[]> {
  const { demo } = await createClient({ base: origin, fetch })('session.show', {});
  if (demo === undefined || demo.people.length === 0) throw new Error(`${origin} is no demo, or its story is not told`);
  return demo.people;
}

async function signIn(page: Page, { login, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Login', { exact: true }).fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
}

async function clientIn(context: BrowserContext, origin: string): Promise<Client> {
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return createClient({ base: origin, fetch, headers: { cookie } });
}

async function bringToMiddle(page: Page, text: string): Promise<void> {
  const first = page.getByText(text).first();
  await first.evaluate((element) => element.scrollIntoView({ block: 'center' }));
}

/** Fonts are there, nothing loads, nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .ps-loading') === null);
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
}

/** The address with what the demo put in it: ids are new in each. */
async function addressOf({ path, search = {}, subject }: Stop, client: Client): Promise<string> {
  const known = subject === null ? {} : await namesOf(subject, client);
  const put = (text: string) => text.replaceAll(/\$(\w+)/g, (whole, name: string) => known[name] ?? whole);
  const asked = new URLSearchParams(Object.entries(search).map(([name, value]) => [name, put(value)]));
  return asked.size === 0 ? put(path) : `${put(path)}?${asked}`;
}

async function namesOf(
  subject: NonNullable<Stop['subject']>,
  client: Client,
): Promise<Readonly<Record<string, string>>> {
  const source = Object.values(subject).join();
  const { items } = await client('campaign.list', { query: { limit: CAMPAIGNS_MAX } });
  const id = items.find(({ title }) => title.startsWith(`${source} `))?.id;
  if (id === undefined) throw new Error(`the demo has no campaign of ${source}`);
  if ('campaign' in subject) return { id };
  if ('decision' in subject) {
    const { plans } = await client('campaign.show', { params: { id } });
    return { plan: plans.production ?? '' };
  }
  const entries = await client('record.list', { query: { campaign: id } });
  return { campaign: id, entry: entries.items.find(({ index }) => index !== null)?.id ?? '' };
}

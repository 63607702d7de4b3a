import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe } from 'vitest';
import { CHROMIUM } from './chromium.ts';

const HOW_TO_ENABLE =
  'install it with `apt-get install chromium fonts-dejavu-core` or name it in PATCHSTEWARD_CHROMIUM';
export const SCREENSHOTS = join(import.meta.dirname, '../../../../../test-results/console');
const DEADLINE_MS = 15_000;

/** A person at a desk, and one on call. */
export const WIDTHS = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** `describe` for tests that need a browser; where none is they are skipped, and their name says how to enable them. */
export function describeInBrowser(name: string, body: () => void): void {
  if (existsSync(CHROMIUM)) describe(name, body);
  else describe.skip(`${name} (skipped: no Chromium at ${CHROMIUM}; ${HOW_TO_ENABLE})`, body);
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page itself complained about: errors, refused styles and scripts, failed requests. */
  readonly complaints: string[];
}

interface VisitOptions {
  readonly origin: string;
  readonly size?: keyof typeof WIDTHS;
}

/** A fresh browser profile at one of the two sizes. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: options.origin,
    viewport: WIDTHS[options.size ?? 'desk'],
    colorScheme: 'light',
    timezoneId: 'Europe/Berlin',
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(DEADLINE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is shown by the browser too; tests that ask for one say so themselves.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Keeps what the screen looks like, for a person to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}

/** Everything that a page must keep to. // WCAG 2.2 A and AA */
const RULES = {
  light: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  // Nothing but the colors differs from the light theme.
  dark: { type: 'rule', values: ['color-contrast'] },
} as const;

/**
 * What axe finds wrong in the light theme and in the dark one, as lines that name theme, rule and element. Of the dark
 * theme only the contrast is asked for: nothing else differs.
 */
export async function axeViolations(page: Page, look: (theme: 'light' | 'dark') => Promise<void>): Promise<string[]> {
  return [...(await inTheme(page, 'light', look)), ...(await inTheme(page, 'dark', look))];
}

async function inTheme(
  page: Page,
  theme: 'light' | 'dark',
  look: (theme: 'light' | 'dark') => Promise<void>,
): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  // What fades in counts when it is there.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await look(theme);
  const { type, values } = RULES[theme];
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: { type, values: [...values] }, resultTypes: ['violations'] })
    // Without it axe opens a page of its own for frames of other origins, which no screen has; that doubles its time.
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${theme} ${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
  );
}

/** Elements that reach beyond the window to the right: on a phone nothing may. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document.documentElement.scrollWidth <= document.documentElement.clientWidth
      ? []
      : [...document.querySelectorAll('*')]
          .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((element) => element.outerHTML.slice(0, 120)),
  );
}

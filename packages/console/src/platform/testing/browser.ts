import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe } from 'vitest';
import { CHROMIUM } from './chromium.ts';

const HOW_TO_ENABLE =
  'install it with `apt-get install chromium fonts-dejavu-core` or name it in PATCHSTEWARD_CHROMIUM';
const SCREENSHOTS = join(import.meta.dirname, '../../../../../test-results/console');
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

/**
 * What axe finds wrong in the light theme and in the dark one, as lines that name theme, rule and element. Of the dark
 * theme only the contrast is asked for: nothing else differs. // WCAG 2.2 A and AA
 */
export async function axeViolations(page: Page, look: (theme: 'light' | 'dark') => Promise<void>): Promise<string[]> {
  const light = await inTheme(page, 'light', look, (axe) =>
    axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']),
  );
  const dark = await inTheme(page, 'dark', look, (axe) => axe.withRules(['color-contrast']));
  return [...light, ...dark];
}

async function inTheme(
  page: Page,
  theme: 'light' | 'dark',
  look: (theme: 'light' | 'dark') => Promise<void>,
  choose: (axe: AxeBuilder) => AxeBuilder,
): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  // What fades in counts when it is there.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await look(theme);
  const { violations } = await choose(new AxeBuilder({ page })).analyze();
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

import { type Browser, chromium } from 'playwright-core';

/** Debian and Ubuntu put it there; a variable names another. */
export const CHROMIUM = process.env['PATCHSTEWARD_CHROMIUM'] ?? '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Without scroll bars pictures are the same everywhere; whoever drags one needs it. */
export function launchBrowser({ scrollBars = false } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS,
    ...(scrollBars ? { ignoreDefaultArgs: ['--hide-scrollbars'] } : {}),
  });
}

import type { Browser } from 'playwright-core';
import { type BuiltConsole, buildConsole } from './build.ts';
import { launchBrowser } from './chromium.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

/** A built console, a browser and the server with invented data. */
export interface FakeHouse {
  readonly browser: Browser;
  readonly server: FakeServer;
  readonly built: BuiltConsole;
  readonly close: () => Promise<void>;
}

export async function openFakeHouse(): Promise<FakeHouse> {
  const built = await buildConsole();
  const [browser, server] = await Promise.all([launchBrowser(), startFakeServer(built.directory)]);
  return {
    browser,
    server,
    built,
    close: async () => {
      await browser.close();
      await server.close();
      await built.remove();
    },
  };
}

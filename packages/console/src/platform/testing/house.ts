import type { Browser } from 'playwright-core';
import { vi } from 'vitest';
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

/**
 * `development` has the React that complains of what is wrong, and is a third larger; `release` has the one that is
 * delivered.
 */
export async function openFakeHouse(as: 'development' | 'release' = 'development'): Promise<FakeHouse> {
  vi.stubEnv('NODE_ENV', as === 'release' ? 'production' : as);
  const built = await buildConsole();
  vi.unstubAllEnvs();
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

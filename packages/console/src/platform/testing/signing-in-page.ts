import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';

/** Puts the console's own signing code into the page, for a test to call it where no screen asks for a signature yet. */
export async function putSigningInto(page: Page): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../signing.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'signingOfTheTest',
    platform: 'browser',
    target: 'es2024',
    logLevel: 'error',
  });
  await page.evaluate(`${outputFiles[0]?.text ?? ''}; globalThis.signingOfTheTest = signingOfTheTest; void 0;`);
}

interface Said {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly body?: object;
}

/** What the server says to the person whose page this is. */
export function asked(page: Page, said: Said): Promise<{ status: number; body: Record<string, unknown> }> {
  return page.evaluate(async ({ path, method, body }) => {
    const init =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`/api/v1/${path}`, { method, ...init });
    return { status: response.status, body: await response.json() };
  }, said);
}

/** Signs in the page, with whatever authenticator the browser has; a refusal comes as its words. */
export function signedIn(
  page: Page,
  draft: { readonly payloadType: string; readonly payload: string },
): Promise<{ keyid: string; sig: string } | { stopped: string; sentence: string }> {
  return page.evaluate(async ({ payloadType, payload }) => {
    const { signingOfTheTest } = globalThis as unknown as { signingOfTheTest: typeof import('../signing.ts') }; // Put there above.
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    try {
      return await signingOfTheTest.signWithPasskey(payloadType, bytes);
    } catch (error) {
      if (!(error instanceof signingOfTheTest.SigningStopped)) throw error;
      return { stopped: error.why, sentence: error.message };
    }
  }, draft);
}

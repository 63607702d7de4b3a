import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface BuiltConsole {
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

/** The console as it is in the working tree, built into a directory of its own; NODE_ENV says for whom. */
export async function buildConsole(): Promise<BuiltConsole> {
  const directory = await mkdtemp(join(tmpdir(), 'patchsteward-console-'));
  await build({
    configFile: join(import.meta.dirname, '../../../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: directory, emptyOutDir: true },
  });
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

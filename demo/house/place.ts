import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DemoError } from '../demo-error.ts';

const MARK = z.object({
  kind: z.literal('patchsteward-demo'),
  /** `told`: the story came to its end, and every later start goes on from there. */
  state: z.enum(['begun', 'told']),
  archivePort: z.number().int(),
  noticesPort: z.number().int(),
  people: z.array(
    z.object({
      login: z.string(),
      name: z.string(),
      roles: z.array(z.enum(['it', 'owner', 'change', 'security', 'admin', 'auditor'])),
      password: z.string(),
    }),
  ),
});
export type Mark = z.infer<typeof MARK>;

const FILE_MODE = 0o600;

/** Where one demo lives: the data directory of its server, and in it what the simulated people and hosts know. */
export class Place {
  readonly data: string;

  constructor(data: string) {
    this.data = data;
  }

  path(...parts: string[]): string {
    return join(this.data, 'demo', ...parts);
  }

  /** null: no demo was ever begun here. */
  async mark(): Promise<Mark | null> {
    const text = await readFile(this.path('demo.json'), 'utf8').catch(missing);
    return text === null ? null : MARK.parse(JSON.parse(text));
  }

  async keepMark(mark: Mark): Promise<void> {
    await this.keep('demo.json', mark);
  }

  /** Whole or not at all: a host that loses its key is lost. */
  async keep(name: string, value: unknown): Promise<void> {
    const path = this.path(name);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, JSON.stringify(value), { mode: FILE_MODE });
    await rename(`${path}.new`, path);
  }

  /** Removes a demo, and nothing that is none. */
  async remove(): Promise<void> {
    if ((await this.mark()) === null) throw noDemo(this.data);
    await rm(this.data, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Refuses a directory in which something else lives. */
  async refuseStranger(): Promise<void> {
    const names = await readdir(this.data).catch(missing);
    if (names !== null && names.length > 0 && (await this.mark()) === null) throw noDemo(this.data);
  }
}

function noDemo(data: string): DemoError {
  return new DemoError(`${data} holds something that is no demo`, 'choose another directory with --data, or empty it');
}

function missing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

/** Beside the data of a real instance, never in it. */
export function demoData(given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  return process.getuid?.() === 0 ? '/var/lib/patchsteward-demo' : join(homedir(), '.local/share/patchsteward-demo');
}

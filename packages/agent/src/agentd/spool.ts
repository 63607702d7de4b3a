import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PackageChange } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { errorCode } from '../platform/files.ts';
import type { ServerClient } from './server-client.ts';
import { ServerRefusal } from './server-errors.ts';

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;

export type FetchFault = { readonly kind: 'artifact-missing' | 'hash-mismatch'; readonly name: string };

/** Packages on their way to the runner. Nothing here is believed: the runner copies each and hashes its own copy. */
export class Spool {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Fetches what is not there yet; a broken line goes on where it broke. */
  async fetchAll(files: readonly PackageChange[], client: Pick<ServerClient, 'download'>): Promise<FetchFault | null> {
    await mkdir(this.path, { recursive: true, mode: PRIVATE_DIRECTORY });
    for (const { name, to, sha256, sizeBytes } of files) {
      if (sha256 === null || (await sizeOf(join(this.path, sha256))) === sizeBytes) continue;
      const fault = await this.#fetchOne(sha256, sizeBytes, client);
      if (fault !== null) return { kind: fault, name: `${name} ${to ?? ''}`.trim() };
    }
    return null;
  }

  /** Forgets all files but those of the work order that is under way. */
  async keepOnly(files: readonly PackageChange[]): Promise<void> {
    const wanted = new Set(files.map(({ sha256 }) => String(sha256)));
    for (const name of await namesIn(this.path)) {
      if (!wanted.has(name) && !wanted.has(name.replace(/\.part$/, '')))
        await rm(join(this.path, name), { force: true });
    }
  }

  async #fetchOne(
    sha256: Hash,
    sizeBytes: number,
    client: Pick<ServerClient, 'download'>,
  ): Promise<FetchFault['kind'] | null> {
    const part = join(this.path, `${sha256}.part`);
    const begun = (await sizeOf(part)) ?? 0;
    // A part that is as long as the whole was cut off before it was checked, or is something else.
    const from = begun < sizeBytes ? begun : 0;
    const file = await open(part, from === 0 ? 'w' : 'r+', PRIVATE_FILE);
    try {
      await client.download(`/agent/v1/artifacts/${sha256}`, { file, from, bytesMax: sizeBytes });
      await file.sync();
    } catch (error) {
      if (error instanceof ServerRefusal && error.has('not-found')) return 'artifact-missing';
      throw error;
    } finally {
      await file.close();
    }
    if ((await hashOf(part)) !== sha256) {
      await rm(part, { force: true });
      return 'hash-mismatch';
    }
    await rename(part, join(this.path, sha256));
    return null;
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}

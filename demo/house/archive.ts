import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { newSigner, type Signer } from '@patchsteward/standards/openpgp/testing';
import { fileOf, poolPath, TestRepository } from '../../packages/server/src/3-testing/testing/repository.ts';
import { DemoError } from '../demo-error.ts';
import type { StoryUpdate } from '../story/updates.ts';
import type { Place } from './place.ts';

/** Long before the story: a key must be older than what it signs. */
const KEY_AGE_MS = 1_000 * 3_600_000;

/** The vendor's package archive, signed and served on loopback. Its packages are texts; nothing ever installs them. */
export class Archive {
  readonly #repository = new TestRepository();
  readonly #folder: string;
  #signer: Signer | null = null;

  constructor(place: Place) {
    this.#folder = place.path('archive');
  }

  get url(): string {
    return this.#repository.url;
  }

  /** As hosts name it. */
  get origin(): string {
    return `${this.url.replace('http://', '')} stable/main`;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** A new one, with a key of its own: gives the certificate that an administrator pins. */
  async found(now: Instant): Promise<string> {
    await this.#repository.open();
    this.#signer = await newSigner('Demo archive', new Date(now - KEY_AGE_MS));
    return this.#signer.publicKey.armor();
  }

  /** The same as before, where hosts and origins know it. Nothing new is published any more. */
  async reopen(port: number): Promise<void> {
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      this.#repository.files.set(path.slice(this.#folder.length + 1), await readFile(path));
    }
    await this.#repository.open(port).catch((error: unknown) => {
      throw new DemoError(
        `the demo's package archive cannot listen on 127.0.0.1:${port}: ${String(error)}`,
        'end what listens there, or start over with: npm start -- --demo --fresh',
      );
    });
  }

  /** One index of all that is out so far. Files are what it says they are, except of those that somebody spoiled. */
  async publish(updates: readonly StoryUpdate[], spoiled: ReadonlySet<string>, now: Instant): Promise<void> {
    if (this.#signer === null) throw new TypeError('an archive that was reopened publishes nothing');
    const packages = updates.flatMap(({ source, from, to }) => [
      { name: source, version: from },
      { name: source, version: to },
    ]);
    await this.#repository.publish({ packages, date: now, signers: [this.#signer] });
    for (const one of packages) {
      if (!spoiled.has(one.name)) continue;
      const bytes = fileOf(one);
      this.#repository.files.set(poolPath(one), Buffer.alloc(bytes.length, 'x'));
    }
  }

  async keep(): Promise<void> {
    for (const [path, bytes] of this.#repository.files) {
      const file = join(this.#folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }

  close(): void {
    this.#repository.close();
  }
}

import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, readTextIfPresent, writeFileAtomically } from './files.ts';

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Small documents of an agent, each replaced as a whole: after a crash it is the old one or the new one, and what `write`
 * has returned from stays. The simulator puts a model of a disk behind it.
 */
export interface Shelf {
  /** null: there is none. */
  read(name: string): Promise<unknown>;
  write(name: string, value: object): Promise<void>;
  remove(name: string): Promise<void>;
  /** What lies in this folder, in the order of names; nothing where there is no such folder. */
  names(folder: string): Promise<string[]>;
}

/** Files below a directory of our own. */
export class FileShelf implements Shelf {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async read(name: string): Promise<unknown> {
    const text = await readTextIfPresent(this.#place(name), FILE_BYTES_MAX);
    return text === null ? null : (JSON.parse(text) as unknown);
  }

  async write(name: string, value: object): Promise<void> {
    const place = this.#place(name);
    await mkdir(dirname(place), { recursive: true, mode: PRIVATE_DIRECTORY });
    await writeFileAtomically(place, JSON.stringify(value), PRIVATE_FILE);
  }

  remove(name: string): Promise<void> {
    return rm(this.#place(name), { force: true });
  }

  async names(folder: string): Promise<string[]> {
    try {
      return (await readdir(this.#place(folder))).sort();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  #place(name: string): string {
    return join(this.path, name);
  }
}

import type { Shelf } from '@patchsteward/agent/engine';
import type { Dice } from '../time/dice.ts';
import type { Process } from '../time/process.ts';

const FLUSH_MS_MAX = 30;
/** Many a write is on the disk before anything else happens. */
const AT_ONCE_SHARE = 0.5;

/** The disk of a host: what was flushed outlives everything, what is being flushed may be there or not. */
export class ModelDisk {
  readonly files = new Map<string, object>();
  readonly dice: Dice;
  /** No write comes through: the disk is full. */
  full = false;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  /** What was there before a write that nobody flushed. */
  readonly #unflushed = new Map<string, object | undefined>();

  /** A program that says it is written when it is not: it is seen, and a power cut takes it away. */
  keepUnflushed(name: string, value: object): void {
    if (!this.#unflushed.has(name)) this.#unflushed.set(name, this.files.get(name));
    this.files.set(name, value);
  }

  /** Something is believed to be written that a power cut would take away. */
  get owes(): boolean {
    return this.#unflushed.size > 0;
  }

  /** What another machine finds that is started from this disk now. */
  image(): ReadonlyMap<string, object> {
    const image = new Map(this.files);
    for (const [name, before] of this.#unflushed) {
      if (before === undefined) image.delete(name);
      else image.set(name, before);
    }
    return image;
  }

  becomeImage(image: ReadonlyMap<string, object>): void {
    this.#unflushed.clear();
    this.files.clear();
    for (const [name, value] of image) this.files.set(name, value);
  }

  losePower(): void {
    for (const [name, before] of this.#unflushed) {
      if (before === undefined) this.files.delete(name);
      else this.files.set(name, before);
    }
    this.#unflushed.clear();
  }
}

export class DiskFullError extends Error {}

/** Documents of one process on the disk of its host; a process that dies while it writes leaves the old or the new one. */
export class ModelShelf implements Shelf {
  readonly #disk: ModelDisk;
  readonly #folder: string;
  readonly #process: Process;

  constructor(disk: ModelDisk, folder: string, process: Process) {
    this.#disk = disk;
    this.#folder = folder;
    this.#process = process;
  }

  read(name: string): Promise<unknown> {
    return Promise.resolve(this.#disk.files.get(this.#folder + name) ?? null);
  }

  async write(name: string, value: object): Promise<void> {
    const { dice, files } = this.#disk;
    if (!this.#disk.full && dice.chance(AT_ONCE_SHARE)) {
      files.set(this.#folder + name, value);
      return;
    }
    const early = dice.chance(0.5);
    if (early && !this.#disk.full) files.set(this.#folder + name, value);
    await this.#process.pause(dice.below(FLUSH_MS_MAX));
    if (this.#disk.full) throw new DiskFullError(name);
    if (!early) files.set(this.#folder + name, value);
  }

  remove(name: string): Promise<void> {
    this.#disk.files.delete(this.#folder + name);
    return Promise.resolve();
  }

  names(folder: string): Promise<string[]> {
    const prefix = `${this.#folder}${folder}/`;
    const names = [...this.#disk.files.keys()].filter((name) => name.startsWith(prefix));
    return Promise.resolve(names.map((name) => name.slice(prefix.length)).sort());
  }
}

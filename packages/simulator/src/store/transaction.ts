import type { Recorded } from '@patchsteward/core/campaign';
import type { JobRecorded } from '@patchsteward/core/job';
import type { Job, Stream } from '@patchsteward/server/engine';
import type { Process } from '../time/process.ts';
import type { Database } from './database.ts';
import type { Holder, LockMode } from './locks.ts';
import type { Tables } from './tables.ts';

/** Two transactions waited for each other; PostgreSQL lets one of them go. */
export class DeadlockError extends Error {}

/** Somebody else wrote this version of the story. */
export class VersionTakenError extends Error {}

export interface Appended {
  readonly stream: Stream;
  readonly recorded: readonly (Recorded | JobRecorded)[];
}

/** Read committed: what others committed is seen, what is written here is seen by nobody before the commit. */
export class Transaction {
  readonly tables: Tables;
  readonly appended: Appended[] = [];
  leaves = 0;
  readonly newJobs: Job[] = [];
  readonly #database: Database;
  readonly #process: Process;
  #writes: Map<Map<string, unknown>, Map<string, unknown>> | null = null;
  readonly #forget: () => void;
  #over = false;
  #wakeUp: () => void = () => undefined;
  readonly #holder: Holder = { granted: () => this.#wakeUp() };

  constructor(database: Database, process: Process) {
    this.#database = database;
    this.#process = process;
    this.tables = database.tables;
    // A server that dies takes its connection with it: nothing of this happened.
    this.#forget = process.whenKilled(() => this.#end());
  }

  /** Between two statements others go on, and a server may die. */
  statement(): Promise<void> | null {
    const ms = this.#database.isFine ? this.#database.statementMs() : 0;
    if (ms > 0) return this.#slowStatement(ms);
    this.#database.crashAt(this.#process);
    return this.#process.alive ? null : this.#process.pause(0);
  }

  /** The same where nothing is read: others have their turn only where statements come between each other. */
  turn(): Promise<void> | null {
    return this.statement() ?? (this.#database.isFine ? AT_ONCE : null);
  }

  async #slowStatement(ms: number): Promise<void> {
    await this.#process.pause(ms);
    this.#database.crashAt(this.#process);
    if (!this.#process.alive) await this.#process.pause(0);
  }

  /** Statements of others come between those of this one. */
  get isFine(): boolean {
    return this.#database.isFine;
  }

  async lock(key: string, mode: LockMode = 'exclusive'): Promise<void> {
    // Where statements of others never come between, nobody ever waits.
    if (!this.#database.isFine) return;
    const taken = this.#database.locks.take(key, this.#holder, mode);
    if (taken === 'deadlock') throw new DeadlockError(key);
    if (taken === 'held') return;
    await this.#process.wait<void>((granted) => {
      this.#wakeUp = () => granted();
    });
  }

  /** False where another transaction holds it now. */
  tryLock(key: string): boolean {
    return !this.#database.isFine || this.#database.locks.tryTake(key, this.#holder);
  }

  get<V>(table: Map<string, V>, key: string): V | undefined {
    const written = this.#writes === null ? undefined : this.#writes.get(table);
    if (written?.has(key) === true) return written.get(key) as V | undefined; // Only put and remove write it.
    return table.get(key);
  }

  put<V>(table: Map<string, V>, key: string, value: V): void {
    this.#writesOf(table).set(key, value);
  }

  remove<V>(table: Map<string, V>, key: string): void {
    this.#writesOf(table).set(key, undefined);
  }

  commit(): void {
    if (this.#over) return;
    for (const { stream } of this.appended) {
      const there = this.tables.events.get(stream.name)?.length ?? 0;
      if (there > stream.version) throw new VersionTakenError(`${stream.name} ${stream.version + 1}`);
    }
    for (const [table, written] of this.#writes ?? []) {
      for (const [key, value] of written) {
        if (value === undefined) table.delete(key);
        else table.set(key, value);
      }
    }
    for (const job of this.newJobs) this.#database.index(job);
    this.tables.leaves += this.leaves;
    this.#database.tell(this.appended);
    this.#end();
  }

  rollback(): void {
    this.#end();
  }

  #writesOf(table: Map<string, unknown>): Map<string, unknown> {
    this.#writes ??= new Map();
    const known = this.#writes.get(table);
    if (known !== undefined) return known;
    const fresh = new Map<string, unknown>();
    this.#writes.set(table, fresh);
    return fresh;
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#forget();
    this.#writes = null;
    if (this.#database.isFine) this.#database.locks.release(this.#holder);
  }
}

const AT_ONCE = Promise.resolve();

import type { Recorded } from '@patchsteward/core/campaign';
import type { JobRecorded } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Job } from '@patchsteward/server/engine';
import type { Dice } from '../time/dice.ts';
import type { Process } from '../time/process.ts';
import { Locks } from './locks.ts';
import { Tables } from './tables.ts';
import type { Appended } from './transaction.ts';

/** Somebody who hears of every event in the order of the commits. */
export type CommitListener = (stream: string, recorded: Recorded | JobRecorded) => void;

export interface DatabaseWeather {
  /** Statements of several transactions come between each other. */
  readonly isFine: boolean;
  /** How likely a server dies at a statement. */
  readonly crashShare: number;
}

const STATEMENT_MS_MAX = 40;
/** Many statements follow each other so fast that nobody comes between. */
const AT_ONCE_SHARE = 0.6;

/** One PostgreSQL for all servers: what is committed stays, what is not never was. */
export class Database {
  readonly tables: Tables;
  /** Events of all stories. */
  told = 0;
  readonly locks = new Locks();
  readonly #dice: Dice;
  readonly #weather: DatabaseWeather;
  readonly #listener: CommitListener;
  /** No server dies: before the faults begin, and after the world healed. */
  calm = true;

  constructor(now: () => Instant, dice: Dice, weather: DatabaseWeather, listener: CommitListener) {
    this.tables = new Tables(now);
    this.#dice = dice;
    this.#weather = weather;
    this.#listener = listener;
  }

  get isFine(): boolean {
    return this.#weather.isFine;
  }

  /** 0: nobody comes between. */
  statementMs(): number {
    return this.#dice.chance(AT_ONCE_SHARE) ? 0 : 1 + this.#dice.below(STATEMENT_MS_MAX);
  }

  crashAt(process: Process): void {
    const { crashShare } = this.#weather;
    if (crashShare > 0 && !this.calm && this.#dice.chance(crashShare)) process.kill();
  }

  index({ key, plan, assetId }: Job): void {
    push(this.tables.jobsOfPlan, plan, key);
    push(this.tables.jobsOfAsset, assetId, key);
  }

  tell(appended: readonly Appended[]): void {
    for (const { stream, recorded } of appended) {
      for (const one of recorded) {
        push(this.tables.events, stream.name, one);
        this.told += 1;
        this.#listener(stream.name, one);
      }
    }
  }
}

function push<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A transaction as the locks know it. */
export interface Holder {
  /** Goes on with what it waited for. */
  readonly granted: () => void;
}

export type LockMode = 'shared' | 'exclusive';

interface Lock {
  mode: LockMode;
  readonly holders: Set<Holder>;
  readonly queue: { readonly holder: Holder; readonly mode: LockMode }[];
}

/** Row locks as PostgreSQL has them: held to the end of the transaction, handed on in the order of asking. */
export class Locks {
  readonly #locks = new Map<string, Lock>();
  readonly #waitsFor = new Map<Holder, string>();

  /** `held`: go on. `waiting`: `granted` is called. `deadlock`: somebody who waits for you holds it. */
  take(key: string, holder: Holder, mode: LockMode): 'held' | 'waiting' | 'deadlock' {
    const lock = this.#locks.get(key);
    if (lock === undefined) {
      this.#locks.set(key, { mode, holders: new Set([holder]), queue: [] });
      return 'held';
    }
    if (lock.holders.has(holder) && (lock.mode === 'exclusive' || mode === 'shared')) return 'held';
    if (isFree(lock, holder, mode)) {
      lock.holders.add(holder);
      lock.mode = mode;
      return 'held';
    }
    if (this.#closesCircle(lock, holder)) return 'deadlock';
    lock.queue.push({ holder, mode });
    this.#waitsFor.set(holder, key);
    return 'waiting';
  }

  /** Without waiting: false where somebody else holds it. */
  tryTake(key: string, holder: Holder): boolean {
    const lock = this.#locks.get(key);
    return (lock === undefined || isFree(lock, holder, 'exclusive')) && this.take(key, holder, 'exclusive') === 'held';
  }

  /** Gives up everything: it committed, or its server died. */
  release(holder: Holder): void {
    this.#waitsFor.delete(holder);
    for (const [key, lock] of this.#locks) {
      const waiting = lock.queue.findIndex((one) => one.holder === holder);
      if (waiting !== -1) lock.queue.splice(waiting, 1);
      if (lock.holders.delete(holder) || waiting !== -1) this.#handOn(key, lock);
    }
  }

  #handOn(key: string, lock: Lock): void {
    for (;;) {
      const next = lock.queue[0];
      if (next === undefined || !isFree(lock, next.holder, next.mode)) break;
      lock.queue.shift();
      lock.holders.add(next.holder);
      lock.mode = next.mode;
      this.#waitsFor.delete(next.holder);
      next.holder.granted();
    }
    if (lock.holders.size === 0 && lock.queue.length === 0) this.#locks.delete(key);
  }

  #closesCircle(lock: Lock, asking: Holder): boolean {
    const seen = new Set<Holder>();
    const toLookAt = [...lock.holders];
    for (let holder = toLookAt.pop(); holder !== undefined; holder = toLookAt.pop()) {
      if (holder === asking) return !(lock.holders.size === 1 && lock.holders.has(asking));
      if (seen.has(holder)) continue;
      seen.add(holder);
      const key = this.#waitsFor.get(holder);
      toLookAt.push(...(key === undefined ? [] : (this.#locks.get(key)?.holders ?? [])));
    }
    return false;
  }
}

function isFree({ mode, holders }: Lock, asking: Holder, wanted: LockMode): boolean {
  if (holders.size === 0) return true;
  if (holders.size === 1 && holders.has(asking)) return true;
  return mode === 'shared' && wanted === 'shared';
}

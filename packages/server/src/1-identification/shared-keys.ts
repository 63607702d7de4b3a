/** Which slots have one key, kept as keys change, so that nobody walks over all of them to learn which are shared. */
export class SharedKeys {
  readonly #keys: (string | null)[] = [];
  readonly #slotsOf = new Map<string, Set<number>>();
  readonly #shared = new Set<string>();

  /** `null`: it has none. */
  set(slot: number, key: string | null): void {
    const before = this.#keys[slot] ?? null;
    if (before === key) return;
    if (before !== null) this.#leave(before, slot);
    this.#keys[slot] = key;
    if (key !== null) this.#join(key, slot);
  }

  /** The slots whose key another slot has as well. */
  shared(): number[] {
    return [...this.#shared].flatMap((key) => [...(this.#slotsOf.get(key) ?? [])]);
  }

  #join(key: string, slot: number): void {
    const slots = this.#slotsOf.get(key) ?? new Set();
    this.#slotsOf.set(key, slots.add(slot));
    if (slots.size > 1) this.#shared.add(key);
  }

  #leave(key: string, slot: number): void {
    const slots = this.#slotsOf.get(key);
    slots?.delete(slot);
    if (slots === undefined || slots.size < 2) this.#shared.delete(key);
    if (slots?.size === 0) this.#slotsOf.delete(key);
  }
}

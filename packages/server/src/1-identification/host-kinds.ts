/** What decides how a host stands in a question about vulnerabilities; thousands of hosts are alike in it. */
export interface HostKind {
  readonly packageSet: number;
  /** The source version of the kernel that runs; null: not known. */
  readonly runningSource: number | null;
  /** None of its own kernels runs. */
  readonly sharesKernel: boolean;
  /** Source versions that were replaced and still run. */
  readonly lingering: readonly number[];
}

export interface CountedKind {
  readonly number: number;
  readonly kind: HostKind;
  readonly assets: number;
}

/** Which kind each asset is of, and how many are of each: who asks for all assets goes through kinds. */
export class HostKinds {
  readonly #numbers = new Map<string, number>();
  readonly #kinds: HostKind[] = [];
  readonly #assets: number[] = [];
  readonly #ofSlot: number[] = [];
  /** Until the next report changes them: each question asks for all of them, some more than once. */
  #counted: readonly CountedKind[] | undefined;

  /** Those of the past among them. */
  get size(): number {
    return this.#kinds.length;
  }

  tell(slot: number, kind: HostKind): void {
    const before = this.#ofSlot[slot];
    const known = before === undefined ? undefined : this.#kinds[before];
    if (known !== undefined && isSame(known, kind)) return;
    if (before !== undefined) this.#count(before, -1);
    const number = this.#numberOf(kind);
    this.#ofSlot[slot] = number;
    this.#count(number, 1);
  }

  /** undefined: it has not reported. */
  of(slot: number): number | undefined {
    return this.#ofSlot[slot];
  }

  /** Those that any asset is of. */
  counted(): readonly CountedKind[] {
    this.#counted ??= this.#kinds.flatMap((kind, number) => {
      const assets = this.#assets[number] ?? 0;
      return assets === 0 ? [] : [{ number, kind, assets }];
    });
    return this.#counted;
  }

  #count(number: number, more: 1 | -1): void {
    this.#assets[number] = (this.#assets[number] ?? 0) + more;
    this.#counted = undefined;
  }

  #numberOf({ packageSet, runningSource, sharesKernel, lingering }: HostKind): number {
    const text = `${packageSet} ${runningSource} ${sharesKernel} ${lingering.join()}`;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#kinds.push({ packageSet, runningSource, sharesKernel, lingering }) - 1;
    this.#numbers.set(text, number);
    return number;
  }
}

function isSame(one: HostKind, other: HostKind): boolean {
  return (
    one.packageSet === other.packageSet &&
    one.runningSource === other.runningSource &&
    one.sharesKernel === other.sharesKernel &&
    one.lingering.join() === other.lingering.join()
  );
}

/**
 * What this server has in hand beside requests: wishes that are being granted, and work in the background. Whoever wants
 * to know whether it is done with everything asks the database in between, so what began meanwhile is counted as well.
 */
export class AtWork {
  #running = 0;
  #begun = 0;

  /** Something is taken in hand; the answer is called once it is done, also where it failed. */
  begin(): () => void {
    this.#running += 1;
    this.#begun += 1;
    return () => {
      this.#running -= 1;
    };
  }

  /** Whether nothing was in hand before, during and after the look: only then what the look found was the whole truth. */
  async isIdleAround(look: () => Promise<boolean>): Promise<boolean> {
    const begun = this.#begun;
    if (this.#running > 0 || !(await look())) return false;
    return this.#running === 0 && this.#begun === begun;
  }
}

import { type Envelope, readEnvelope } from '@patchsteward/trust/dsse';
import { type Anchor, type KnownRoot as VerifiedRoot, verifyRootChain } from '@patchsteward/trust/root';
import { readTextIfPresent, writeFileAtomically } from '../platform/files.ts';
import { Problem } from '../platform/problem.ts';
import type { RunnerState } from './state.ts';

/** A root is some kilobytes, a chain of all roots of an installation some hundred of them. */
const CHAIN_BYTES_MAX = 64 * 1024 * 1024;
const PRIVATE_FILE = 0o600;

/** The trust root that this host knows: a chain from the root whose hash was pinned at its enrollment. */
export class RootStore {
  readonly #state: RunnerState;
  #known: VerifiedRoot | null = null;
  readonly #chain: Envelope[] = [];

  private constructor(state: RunnerState) {
    this.#state = state;
  }

  static async load(state: RunnerState): Promise<RootStore> {
    const known = new RootStore(state);
    const text = await readTextIfPresent(state.rootPath, CHAIN_BYTES_MAX);
    if (text === null) return known;
    const chain = envelopesOf(JSON.parse(text));
    // Verified anew at each start: who can write this file could otherwise choose the people.
    const refusal = chain === null ? 'unreadable' : await known.#take(chain);
    if (refusal !== null) {
      throw new Problem(
        'trust-root-damaged',
        `${state.rootPath} is not a chain from the pinned root (${refusal})`,
        'remove the file; the chain is fetched again and checked against the pin',
      );
    }
    return known;
  }

  get current(): VerifiedRoot | null {
    return this.#known;
  }

  get version(): number {
    return this.#known?.root.version ?? 0;
  }

  /** Takes newer roots, each signed as the one before it demands. Gives why not, or null. */
  async extend(envelopes: readonly Envelope[]): Promise<string | null> {
    const before = this.#chain.length;
    const refusal = await this.#take(envelopes);
    if (this.#chain.length > before) {
      await writeFileAtomically(this.#state.rootPath, JSON.stringify(this.#chain), PRIVATE_FILE);
    }
    return refusal;
  }

  async #take(envelopes: readonly Envelope[]): Promise<string | null> {
    const pins = await this.#state.loadPins();
    if (pins === null) return 'no root is pinned on this host';
    for (const envelope of envelopes) {
      const anchor: Anchor =
        this.#known === null ? { kind: 'pinned', hash: pins.rootSha256 } : { kind: 'known', known: this.#known };
      const verified = verifyRootChain(anchor, [envelope]);
      // Roots before the pinned one were never believed here.
      if (!verified.ok && verified.refusal.code === 'root-pin-wrong') continue;
      if (!verified.ok) return `${verified.refusal.code}: ${verified.refusal.detail}`;
      if (verified.value.hash === this.#known?.hash) continue;
      this.#known = verified.value;
      this.#chain.push(envelope);
    }
    return this.#known === null ? `none of ${envelopes.length} roots has the pinned hash` : null;
  }
}

/** Null: not a list of envelopes. */
export function envelopesOf(value: unknown): Envelope[] | null {
  if (!Array.isArray(value)) return null;
  const envelopes = value.map((item: unknown) => readEnvelope(item));
  return envelopes.every((envelope) => envelope.ok) ? envelopes.map((envelope) => envelope.value) : null;
}

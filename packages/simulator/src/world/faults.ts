import type { Dice } from '../time/dice.ts';
import type { Trace } from './trace.ts';

/** Everything that can go wrong; each seed plays with some of them, so that rare mixes appear. */
export const FAULTS = [
  'statements-interleave',
  'server-killed',
  'request-lost',
  'answer-lost',
  'answer-slow',
  'partition',
  'agent-killed',
  'runner-killed',
  'power-lost',
  'install-fails',
  'install-half-done',
  'bad-release',
  'lock-held',
  'disk-full',
  'reboot-hangs',
  'host-gone',
  'clock-jumps',
  'backup-vanishes',
  'somebody-drifts',
  'people-late',
  'halted',
  'approval-revoked',
  'people-malicious',
  'server-stolen',
  'mirror-lies',
  'host-cloned',
  'snapshot-restored',
  'test-unclear',
  'risk-accepted',
] as const;
export type Fault = (typeof FAULTS)[number];

export function isFault(name: string): name is Fault {
  return (FAULTS as readonly string[]).includes(name);
}

/** What makes a story long is played more seldom than the others, so that there are more stories. */
const RARE: Readonly<Partial<Record<Fault, number>>> = {
  'statements-interleave': 0.3,
  'server-stolen': 0.2,
  'host-cloned': 0.3,
  'snapshot-restored': 0.3,
};

/** A seed in so many plays without any fault: the product must come to its end there. */
const CALM_SHARE = 0.1;

/** The faults of one seed. // rollout §2.11: swarm testing */
export class Faults {
  readonly #on: ReadonlySet<Fault>;
  readonly #dice: Dice;
  readonly #trace: Trace;
  /** From then on nothing new goes wrong: what the product owes must come. */
  healed = false;

  constructor(dice: Dice, trace: Trace, allowed: readonly Fault[]) {
    const share = dice.chance(CALM_SHARE) ? 0 : dice.next();
    this.#on = new Set(FAULTS.filter((fault) => dice.chance(share * (RARE[fault] ?? 1)) && allowed.includes(fault)));
    this.#dice = dice;
    this.#trace = trace;
  }

  isOn(fault: Fault): boolean {
    return this.#on.has(fault) && !this.healed;
  }

  /** Whether this seed plays with it, healed or not. */
  wasOn(fault: Fault): boolean {
    return this.#on.has(fault);
  }

  /** Whether it happens here and now; counted where it does. */
  strikes(fault: Fault, share: number): boolean {
    if (!this.isOn(fault) || !this.#dice.chance(share)) return false;
    this.count(fault);
    return true;
  }

  count(fault: Fault): void {
    this.#trace.count(`fault ${fault}`);
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Identity } from '../../packages/server/src/1-identification/testing/fake-agent.ts';
import { BenchError } from '../bench-error.ts';
import type { RolloutHouse } from './house.ts';

/** What a server asks of its agents unless somebody sets it otherwise. */
export const NEXT_POLL_MS = 60_000;
/** Far beyond the promise: then somebody never hears of it. */
const HEARD_MS_MAX = 300_000;

/** Everything that one agent needs to ask. */
export interface Asking {
  readonly name: string;
  readonly keyPem: string;
  readonly identity: Identity;
  readonly body: { readonly bootId: string };
}

export type ToPoller =
  | { readonly kind: 'begin'; readonly agents: readonly Asking[]; readonly port: number; readonly behindMs: number }
  | { readonly kind: 'measure' }
  | { readonly kind: 'report' }
  | { readonly kind: 'halted' };

export type FromPoller =
  | Measured
  | { readonly kind: 'working'; readonly hosts: number }
  | { readonly kind: 'all-heard'; readonly slowestMs: number };

interface Measured {
  readonly kind: 'measured';
  readonly latencies: readonly number[];
  readonly failures: Readonly<Record<string, number>>;
}

/** All agents of a house in a process of their own, each asking about once a minute. */
export class Pollers {
  readonly #child: ChildProcess;

  constructor({ hosts, agentsPort, clock }: RolloutHouse) {
    this.#child = fork(new URL('./poller.ts', import.meta.url), { serialization: 'advanced' });
    const agents = hosts.map((host): Asking => {
      const { identity, keyPem } = host.state;
      if (identity === null) throw new TypeError(`${host.facts.name} has enrolled`);
      return { name: host.facts.name, keyPem, identity, body: host.checkInBody().body };
    });
    this.#say({ kind: 'begin', agents, port: agentsPort, behindMs: Date.now() - clock.now() });
  }

  /** What each answer took within so long. */
  async measure(forMs: number, signal: AbortSignal): Promise<Measured> {
    this.#say({ kind: 'measure' });
    await pause(forMs, undefined, { signal });
    const answer = this.#next('measured');
    this.#say({ kind: 'report' });
    // The answer to this question has this kind.
    return (await answer) as Measured;
  }

  /** From now on until the last host that had work to do is told that it has none. */
  async untilHalted(): Promise<{ readonly working: number; readonly slowestMs: number }> {
    const working = this.#next('working');
    const heard = this.#next('all-heard');
    this.#say({ kind: 'halted' });
    const { hosts } = (await working) as Extract<FromPoller, { kind: 'working' }>;
    const { slowestMs } = (await heard) as Extract<FromPoller, { kind: 'all-heard' }>;
    return { working: hosts, slowestMs };
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }

  #say(message: ToPoller): void {
    this.#child.send(message);
  }

  #next(kind: FromPoller['kind']): Promise<FromPoller> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#child.off('message', take);
        this.#child.off('exit', gone);
      };
      const take = (message: FromPoller): void => {
        if (message.kind !== kind) return;
        end();
        resolve(message);
      };
      const gone = (): void => {
        end();
        reject(new BenchError('the process of the agents ended', 'its own words are above'));
      };
      const timer = setTimeout(() => {
        end();
        reject(new BenchError(`nobody said "${kind}" within five minutes`, 'look at what the server does'));
      }, HEARD_MS_MAX);
      this.#child.on('message', take);
      this.#child.once('exit', gone);
    });
  }
}

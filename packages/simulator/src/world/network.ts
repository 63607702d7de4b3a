import { type Question, ServerRefusal, ServerUnreachable } from '@patchsteward/agent/engine';
import type { Instant } from '@patchsteward/core/vocabulary';
import { Refusal } from '@patchsteward/server/engine';
import type { HostSim } from '../host/host-sim.ts';
import { answerAt } from '../server/doors.ts';
import type { World } from './world.ts';

const ADDRESS = { host: 'server', port: 8421 };
const DELAY_MS_MAX = 300;
const SLOW_MS_MAX = 150_000;
/** As the agent's own: from the first byte sent to the last received. */
const EXCHANGE_MS_MAX = 120_000;
const STATUS = { 'not-found': 404 } as const;

function timedOut(): ServerUnreachable {
  return new ServerUnreachable(ADDRESS, 'timed-out');
}

interface Replies {
  readonly answer: (value: unknown, serverTime: Instant) => void;
  readonly fail: (error: unknown) => void;
}

/** The lines between hosts and servers: slow, broken, one way. */
export class Network {
  readonly #world: World;
  /** Hosts that are cut off, and until when. */
  readonly cutOff = new Map<string, Instant>();

  constructor(world: World) {
    this.#world = world;
  }

  send(host: HostSim, question: Question, replies: Replies): void {
    const { scheduler, dice, faults } = this.#world;
    let over = false;
    const end = (act: () => void): void => {
      if (over) return;
      over = true;
      act();
    };
    const unreachable = () => replies.fail(timedOut());
    const lost = this.#isCutOff(host) || faults.strikes('request-lost', 0.05);
    if (lost) scheduler.after(dice.between(1_000, EXCHANGE_MS_MAX), () => end(unreachable));
    else scheduler.after(dice.below(DELAY_MS_MAX), () => this.#arrive(host, question, end, replies));
  }

  #arrive(host: HostSim, question: Question, end: (act: () => void) => void, replies: Replies): void {
    const { scheduler, dice, faults, servers } = this.#world;
    const server = dice.any(servers.filter(({ isUp }) => isUp));
    if (server === undefined) {
      end(() => replies.fail(new ServerUnreachable(ADDRESS, 'ECONNREFUSED')));
      return;
    }
    const { process } = server;
    const goBack = (act: () => void): void => {
      if (this.#isCutOff(host) || faults.strikes('answer-lost', 0.05)) {
        scheduler.after(EXCHANGE_MS_MAX, () => end(() => replies.fail(timedOut())));
        return;
      }
      const slow = faults.strikes('answer-slow', 0.05);
      const ms = dice.below(slow ? SLOW_MS_MAX : DELAY_MS_MAX);
      const late = ms > EXCHANGE_MS_MAX;
      scheduler.after(Math.min(ms, EXCHANGE_MS_MAX), () => end(late ? () => replies.fail(timedOut()) : act));
    };
    // A server that dies closes its lines.
    const forget = process.whenKilled(() => goBack(() => replies.fail(new ServerUnreachable(ADDRESS, 'ECONNRESET'))));
    scheduler.begin(async () => {
      try {
        const value = await answerAt(server, this.#world, host, question);
        const serverTime = scheduler.now;
        goBack(() => replies.answer(value, serverTime));
      } catch (error) {
        goBack(() => replies.fail(this.#refusalOf(error)));
      }
      forget();
    });
  }

  #refusalOf(error: unknown): Error {
    if (!(error instanceof Refusal)) {
      this.#world.fell(error);
      return new ServerRefusal(500, { error: { code: 'internal' } });
    }
    const status = error.code in STATUS ? STATUS[error.code as keyof typeof STATUS] : 400;
    return new ServerRefusal(status, { error: { code: error.code, message: error.message } });
  }

  #isCutOff({ name }: HostSim): boolean {
    return (this.cutOff.get(name) ?? 0) > this.#world.scheduler.now;
  }
}

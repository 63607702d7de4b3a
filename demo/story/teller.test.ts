import { setImmediate as turn } from 'node:timers/promises';
import type { CampaignSummary } from '@patchsteward/contract';
import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { StoryClock } from '../house/story-clock.ts';
import { Teller } from './teller.ts';
import { hasReached } from './way.ts';

const START = Date.UTC(2026, 10, 17);
const END = START + 144 * HOUR_MS;

type Reason = CampaignSummary['reasons'][number];

/**
 * A server with one campaign, and as slow as it likes: what follows from anything comes after so many looks whether it is
 * at rest. Meanwhile the campaign still says what it said before.
 */
class SlowServer {
  readonly #slowness: number;
  readonly #work: (() => void)[] = [];
  #looks = 0;
  state = 'identified';
  reasons: Reason[] = [];
  /** States in which somebody read it. */
  readonly seen: string[] = [];

  constructor(slowness: number) {
    this.#slowness = slowness;
  }

  /** What follows next brings it into this state. */
  becomes(state: string): void {
    this.#work.push(() => {
      this.state = state;
    });
  }

  waitsUntil(code: string, by: Instant): void {
    const when = new Date(by).toISOString();
    this.reasons = [{ code, subject: 'x', sentence: code, clearableBy: ['system'], by: when }];
  }

  isAtRest = async (): Promise<boolean> => {
    await turn();
    if (this.#work.length === 0) return true;
    this.#looks += 1;
    if (this.#looks % this.#slowness === 0) this.#work.shift()?.();
    return false;
  };

  campaigns = (): Promise<readonly CampaignSummary[]> => {
    this.seen.push(this.state);
    const { state, reasons } = this;
    // The teller reads these fields alone.
    return Promise.resolve([{ id: 'a', title: 'knot', state, reasons, sentence: 'why' } as unknown as CampaignSummary]);
  };
}

interface Telling {
  readonly teller: Teller;
  readonly clock: StoryClock;
  /** What the clock showed each time it was moved. */
  readonly moves: Instant[];
}

function open(server: SlowServer, more: Partial<ConstructorParameters<typeof Teller>[0]> = {}): Telling {
  const machine = more.machine ?? (() => END);
  const clock = new StoryClock(START, machine);
  const moves: Instant[] = [];
  const { isAtRest, campaigns } = server;
  const teller = new Teller({
    ...{ clock, isAtRest, campaigns, machine, hosts: () => Promise.resolve(false), stopped: () => false },
    moved: (now) => {
      moves.push(now);
      return Promise.resolve();
    },
    ...more,
  });
  return { teller, clock, moves };
}

describe('a story', () => {
  it.each([1, 3, 20])(
    'does not lose an hour to a server that needs %d looks for each of its steps',
    async (slowness) => {
      const server = new SlowServer(slowness);
      const { teller, clock, moves } = open(server);
      const told: [string, number][] = [];

      await teller.tell([
        async () => {
          await teller.at(START + HOUR_MS);
          for (const state of ['evaluated', 'authentic', 'tested', 'planned']) server.becomes(state);
          await teller.until('a', ({ state }) => hasReached(state, 'tested'));
          told.push([server.state, clock.now() - START]);
        },
      ]);

      expect(told).toEqual([['planned', HOUR_MS]]);
      expect(moves).toEqual([START + HOUR_MS]);
      // Whatever it only passes through is read by nobody.
      expect(new Set(server.seen)).toEqual(new Set(['identified', 'planned']));
    },
  );

  it('lets time pass only when hosts have nothing to do, and asks them again after each move', async () => {
    const server = new SlowServer(2);
    const ends = START + 4 * HOUR_MS;
    server.waitsUntil('soak-running', ends);
    const asked: Instant[] = [];
    let jobs = 3;
    const { teller, clock, moves } = open(server, {
      hosts: () => {
        asked.push(clock.now());
        if (clock.now() >= ends) server.becomes('audited');
        jobs -= 1;
        return Promise.resolve(jobs > 0);
      },
    });

    await teller.tell([() => teller.until('a', ({ state }) => state === 'audited')]);

    expect(moves).toEqual([ends + 1_000]);
    expect(asked).toEqual([START, START, START, ends + 1_000]);
  });

  it('asks hosts where something new is said, and not all the time', async () => {
    const server = new SlowServer(1);
    server.waitsUntil('soak-running', START + HOUR_MS);
    const asked: string[] = [];
    const { teller } = open(server, {
      hosts: () => {
        asked.push(server.state);
        // What it only reports moves its campaign on.
        if (server.state === 'identified') server.becomes('deploying');
        return Promise.resolve(false);
      },
      moved: () => {
        server.state = 'monitoring';
        return Promise.resolve();
      },
    });

    await teller.tell([() => teller.until('a', ({ state }) => state === 'monitoring')]);

    expect(asked).toEqual(['identified', 'deploying']);
  });

  it('has several threads on one clock, and waits for people who still speak', async () => {
    const server = new SlowServer(1);
    const { teller, clock } = open(server);
    const order: string[] = [];
    const person = (name: string, hours: number) => async () => {
      await teller.at(START + hours * HOUR_MS);
      for (let words = 0; words < 20; words += 1) await turn();
      order.push(`${name} at ${(clock.now() - START) / HOUR_MS}`);
    };

    await teller.tell([person('late', 9), person('early', 2), person('first', 0)]);

    expect(order).toEqual(['first at 0', 'early at 2', 'late at 9']);
  });

  it('breaks off where one of its people fails, and where somebody has seen enough', async () => {
    const failing = open(new SlowServer(1)).teller;
    await expect(failing.tell([() => Promise.reject(new Error('refused at the door'))])).rejects.toThrow('refused');

    const left = open(new SlowServer(1), { stopped: () => true }).teller;
    await expect(left.tell([() => left.at(END)])).rejects.toThrow('the story was stopped');
  });
});

describe('a story that stands still', () => {
  const LATE_MS = 60_000;
  /** A machine whose clock runs on with each look at it. */
  function running(stepMs: number): () => Instant {
    let now = END;
    return () => {
      now += stepMs;
      return now;
    };
  }

  it('says what it waits for, once there is no more time to let pass', async () => {
    const { teller, clock } = open(new SlowServer(1), { machine: running(LATE_MS / 10) });

    const telling = teller.tell([
      async () => {
        await teller.at(END - HOUR_MS);
        await teller.until('a', ({ state }) => state === 'completed');
      },
    ]);

    await expect(telling).rejects.toThrow('does not go on:\nknot: identified: why');
    expect(clock.hasArrived).toBe(true);
  });

  it('says so where its hosts are at work for ever and nothing comes of it', async () => {
    const { teller, clock } = open(new SlowServer(1), {
      machine: running(LATE_MS / 10),
      hosts: () => Promise.resolve(true),
    });

    const telling = teller.tell([() => teller.until('a', ({ state }) => state === 'completed')]);

    await expect(telling).rejects.toThrow('does not go on:\nknot: identified: why');
    expect(clock.hasArrived).toBe(false);
  });

  it('says so where the server never comes to rest', async () => {
    const { teller } = open(new SlowServer(1), {
      machine: running(LATE_MS),
      isAtRest: () => Promise.resolve(false),
    });

    await expect(teller.tell([() => teller.at(END)])).rejects.toThrow('never comes to rest:\nknot: identified: why');
  });
});

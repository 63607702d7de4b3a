import { setTimeout as sleep } from 'node:timers/promises';
import type { LabHost } from '../../hosts/lab-host.ts';
import type { Dice } from './dice.ts';
import type { Arms } from './killer.ts';
import type { Blow } from './victims.ts';

type Kind = 'link-down' | 'loss' | 'no-way-in' | 'no-way-out' | 'flapping';

/** Shorter than one question of a host, to longer than several of them and than a start that is granted waits. */
const PARTED_MS = [500, 9_000] as const;
const FLAP_MS = [100, 1_200] as const;
/** Of a hundred packets, each way: connections stall, and some get through. */
const LOSS_PERCENT = [30, 90] as const;
const PASS = 'accept';
const DROP = 'drop';

/** The cable between a host and its server is down, lossy, open one way alone, or comes and goes. */
export const PARTITIONS: Arms<Kind> = {
  kinds: ['link-down', 'loss', 'no-way-in', 'no-way-out', 'flapping'],
  pauseMs: {
    ...{ 'link-down': [100, 1_500], loss: [100, 1_500], 'no-way-in': [100, 1_500], 'no-way-out': [100, 1_500] },
    flapping: [100, 1_500],
  },
  blows: (_, hosts) => {
    const parted = new Set<LabHost>();
    const blow =
      (part: (host: LabHost, dice: Dice, ms: number) => Promise<void>): Blow =>
      async (dice) => {
        const host = dice.of(hosts.filter((one) => !parted.has(one)));
        if (host === undefined) return null;
        parted.add(host);
        const ms = dice.between(...PARTED_MS);
        try {
          await part(host, dice, ms);
        } finally {
          await host.filterCable(null);
          await host.plugCable();
          parted.delete(host);
        }
        return `${host.name} for ${ms} ms`;
      };
    return {
      'link-down': blow(async (host, _dice, ms) => {
        await host.cutCable();
        await sleep(ms);
      }),
      loss: blow(async (host, dice, ms) => {
        const lossy = `numgen random mod 100 < ${dice.between(...LOSS_PERCENT)} drop`;
        await host.filterCable({ input: lossy, output: lossy });
        await sleep(ms);
      }),
      'no-way-in': blow(async (host, _dice, ms) => {
        await host.filterCable({ input: DROP, output: PASS });
        await sleep(ms);
      }),
      'no-way-out': blow(async (host, _dice, ms) => {
        await host.filterCable({ input: PASS, output: DROP });
        await sleep(ms);
      }),
      flapping: blow(flap),
    };
  },
};

async function flap(host: LabHost, dice: Dice, ms: number): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    await host.cutCable();
    await sleep(dice.between(...FLAP_MS));
    await host.plugCable();
    await sleep(dice.between(...FLAP_MS));
  }
}

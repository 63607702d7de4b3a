import { describe, expect, it } from 'vitest';
import { Tables } from '../store/tables.ts';
import { diceOf } from '../time/dice.ts';
import { Process } from '../time/process.ts';
import { Scheduler } from '../time/scheduler.ts';
import { Sleepers, type WaitsFor } from './sleepers.ts';

const HOST = 'a';
const MS = 60_000;
const EVERY_MS = 180_000;

function asleep(waitsFor: WaitsFor) {
  const scheduler = new Scheduler(0);
  const tables = new Tables(() => scheduler.now);
  const sleepers = new Sleepers(scheduler, diceOf(1), tables);
  const process = new Process(scheduler);
  let wokeAt: number | null = null;
  tables.checkIns.set(HOST, { seenAt: 0, versions: new Map() });
  scheduler.begin(async () => {
    await sleepers.nap({ assetId: HOST, process, waitsFor, ms: MS, everyMs: EVERY_MS, seenEveryMs: EVERY_MS });
    wokeAt = scheduler.now;
  });
  return {
    ...{ scheduler, tables, sleepers, process },
    at: (when: number, act: () => void) => scheduler.at(when, act),
    wokeAt: async () => {
      await scheduler.run(10_000_000, () => false);
      return wokeAt;
    },
  };
}

describe('a host that would ask the same again', () => {
  it('sleeps until something happens to it, and then for less than one round', async () => {
    const { at, sleepers, wokeAt } = asleep({ kind: 'work' });
    at(1_000_000, () => sleepers.disturb(HOST));
    const woke = (await wokeAt()) ?? 0;

    expect(woke).toBeGreaterThanOrEqual(1_000_000);
    expect(woke).toBeLessThan(1_000_000 + EVERY_MS);
  });

  it('is woken at the time that the server named', async () => {
    expect(await asleep({ kind: 'time', at: 500_000 }).wokeAt()).toBe(500_000);
  });

  it('never wakes before its own loop wanted', async () => {
    expect(await asleep({ kind: 'time', at: 10 }).wokeAt()).toBe(MS);
  });

  it.each<readonly [WaitsFor['kind'], 'campaign' | 'job' | 'place', boolean]>([
    ['work', 'campaign', false],
    ['campaign', 'campaign', true],
    ['campaign', 'place', false],
    ['place', 'job', false],
    ['place', 'place', true],
  ])('that waits for %s and hears of %s wakes: %s', async (kind, heard, wakes) => {
    const { at, sleepers, wokeAt } = asleep({ kind } as WaitsFor);
    at(1_000_000, () => (heard === 'campaign' ? sleepers.onCampaign() : sleepers.onJob('b', heard === 'job')));

    expect((await wokeAt()) !== null).toBe(wakes);
  });

  it('counts as seen all the while, and no longer once it died', async () => {
    const { at, process, tables, wokeAt } = asleep({ kind: 'work' });
    const seen: (number | undefined)[] = [];
    at(EVERY_MS + 1, () => seen.push(tables.seenAt(HOST)));
    at(3 * EVERY_MS + 1, () => process.kill());
    at(20 * EVERY_MS, () => seen.push(tables.seenAt(HOST)));

    expect(await wokeAt()).toBeNull();
    expect(seen).toEqual([EVERY_MS, 3 * EVERY_MS]);
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { AtWork } from '../platform/at-work.ts';
import { createLog } from '../platform/log.ts';
import { Background } from './background.ts';

const wish = (key: string) => ({ key, payload: null, at: 1_000 });

function open(atWork = new AtWork()) {
  return new Background(createLog({ level: 'silent' }), atWork);
}

/** As the outbox does: the wish is committed, and what it begins begins. */
function granted(background: Background, key: string, work: (signal: AbortSignal) => Promise<unknown>): void {
  background.grant('test', wish(key), work).begin?.();
}

describe('work in the background', () => {
  it('begins after the wish is committed, and is missed where it never ends', async () => {
    const background = open();
    const done: string[] = [];

    const changed = background.grant('test', wish('a'), async () => done.push('a'));

    expect(changed).toMatchObject({ value: undefined, timers: [{ kind: 'test', subject: 'a', due: 2_401_000 }] });
    await pause(0);
    expect(done).toEqual([]);
    changed.begin?.();
    await vi.waitFor(() => expect(done).toEqual(['a']));
  });

  it('runs once at a time for a key, and once more for what was wished meanwhile', async () => {
    const background = open();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let begun = 0;
    let running = 0;
    const work = async (): Promise<void> => {
      running += 1;
      expect(running).toBe(1);
      begun += 1;
      await gates[begun - 1]?.promise;
      running -= 1;
    };

    granted(background, 'a', work);
    await vi.waitFor(() => expect(begun).toBe(1));
    granted(background, 'a', work);
    granted(background, 'a', work);
    gates[0]?.resolve();
    await vi.waitFor(() => expect(begun).toBe(2));
    gates[1]?.resolve();
    await background.stop();

    expect(begun).toBe(2);
  });

  it('of one key does not hold up another, and a failure ends nothing else', async () => {
    const background = open();
    const done: string[] = [];
    granted(background, 'a', () => Promise.reject(new Error('it fails')));
    granted(background, 'b', async () => done.push('b'));

    await vi.waitFor(() => expect(done).toEqual(['b']));
    granted(background, 'a', async () => done.push('a'));
    await vi.waitFor(() => expect(done).toEqual(['b', 'a']));
  });

  it('is told to stop, and nothing begins after that', async () => {
    const background = open();
    const seen: string[] = [];
    granted(background, 'a', async (signal) => {
      seen.push('begun');
      await pause(60_000, undefined, { signal });
    });
    await vi.waitFor(() => expect(seen).toEqual(['begun']));

    const late = background.grant('test', wish('c'), async () => seen.push('c'));
    await background.stop();

    late.begin?.();
    expect(background.grant('test', wish('b'), async () => seen.push('b'))).toEqual({ value: undefined });
    expect(seen).toEqual(['begun']);
  });

  it('is in hand until it ends, also where it fails', async () => {
    const atWork = new AtWork();
    const background = open(atWork);
    const isIdle = () => atWork.isIdleAround(() => Promise.resolve(true));
    const gate = Promise.withResolvers<void>();

    granted(background, 'a', () => gate.promise);
    expect(await isIdle()).toBe(false);
    gate.reject(new Error('it fails'));
    await vi.waitFor(async () => expect(await isIdle()).toBe(true));
  });
});

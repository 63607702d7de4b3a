import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../log.ts';
import { ANYTHING, WORDS_MAX } from './change-words.ts';
import { BETWEEN_MS_MIN, HEARTBEAT_MS, LiveStreams, STREAMS_MAX, STREAMS_PER_PERSON_MAX } from './streams.ts';

const ADA = { person: 'ada', stillAdmitted: () => Promise.resolve(true) };

describe('streams of events', () => {
  let streams: LiveStreams;
  beforeEach(() => {
    vi.useFakeTimers();
    streams = new LiveStreams(() => Date.now(), createLog({ level: 'silent' }));
  });
  afterEach(async () => {
    await streams.close();
    vi.useRealTimers();
  });

  /** What came since the last look. */
  function taken(out: Readable): string {
    const bytes: unknown = out.read();
    return bytes instanceof Buffer ? bytes.toString('utf8') : '';
  }

  function wordsIn(text: string): string[][] {
    return [...text.matchAll(/^data: (\{"changed".*\})$/gm)].map(
      ([, json]) => (JSON.parse(json ?? '') as { changed: string[] }).changed,
    );
  }

  it('says that it is open, and then what changed', async () => {
    const out = streams.open(ADA);
    expect(taken(out)).toBe(': open\n\n');

    streams.tell(['feeds', 'assets']);
    await vi.advanceTimersByTimeAsync(0);

    expect(taken(out)).toBe('data: {"changed":["assets","feeds"]}\n\n');
  });

  it('gathers what changes within a second', async () => {
    const out = streams.open(ADA);
    const told: string[][] = [];
    for (let change = 0; change < 100; change += 1) {
      streams.tell([`asset:${change % 7}`]);
      await vi.advanceTimersByTimeAsync(BETWEEN_MS_MIN / 50);
      told.push(...wordsIn(taken(out)));
    }

    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThanOrEqual(3);
    expect(told.at(-1)).toHaveLength(7);
  });

  it('tells more than a message holds by its kind', async () => {
    const out = streams.open(ADA);
    streams.tell(Array.from({ length: WORDS_MAX * 30 }, (_, place) => `asset:${place}`));
    await vi.advanceTimersByTimeAsync(0);

    expect(wordsIn(taken(out))).toEqual([['asset']]);
  });

  it('beats while its session lasts, and ends with it', async () => {
    let admitted = true;
    const out = streams.open({ person: 'ada', stillAdmitted: () => Promise.resolve(admitted) });
    taken(out);
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
    expect(taken(out)).toBe(': \n\n');

    admitted = false;
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
    expect(taken(out)).toContain('event: signed-out');
    streams.tell([ANYTHING]);
    await vi.advanceTimersByTimeAsync(BETWEEN_MS_MIN);
    expect(taken(out)).toBe('');
  });

  it('goes on while nobody can say whether the session does', async () => {
    const out = streams.open({ person: 'ada', stillAdmitted: () => Promise.reject(new Error('no database')) });
    taken(out);
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);

    expect(taken(out)).toBe(': \n\n');
  });

  it('refuses one more than a person or all may have, until one is gone', async () => {
    const own = Array.from({ length: STREAMS_PER_PERSON_MAX }, () => streams.open(ADA));
    expect(() => streams.open(ADA)).toThrow(expect.objectContaining({ code: 'too-many-streams' }));

    own[0]?.destroy();
    await vi.advanceTimersByTimeAsync(0);
    streams.open(ADA);
    for (let person = STREAMS_PER_PERSON_MAX; person < STREAMS_MAX; person += 1) {
      streams.open({ ...ADA, person: `person-${person}` });
    }
    expect(() => streams.open({ ...ADA, person: 'one more' })).toThrow(
      expect.objectContaining({ code: 'too-many-streams' }),
    );
  });

  it('lets go of whoever has stopped reading', async () => {
    const out = streams.open(ADA);
    for (let second = 0; second < 200; second += 1) {
      streams.tell(Array.from({ length: WORDS_MAX }, (_, place) => `asset:${second}-${place}`));
      await vi.advanceTimersByTimeAsync(BETWEEN_MS_MIN);
    }

    expect(out.readableLength).toBeLessThan(80_000);
    const ended = once(out, 'end');
    out.resume();
    await ended;
  });

  it('ends all of them when the server does, and takes no more', async () => {
    const out = streams.open(ADA);
    const ended = new Promise((resolve) => out.once('end', resolve));
    await streams.close();
    out.resume();
    await ended;

    expect(() => streams.open(ADA)).toThrow(expect.objectContaining({ code: 'shutting-down' }));
  });
});

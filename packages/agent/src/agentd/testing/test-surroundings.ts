import type { LogFields, LogLevel } from '../../platform/log.ts';
import type { Surroundings } from '../../platform/surroundings.ts';

export interface TestSurroundings extends Surroundings {
  readonly events: { readonly level: LogLevel; readonly event: string; readonly fields: LogFields | undefined }[];
  readonly waits: number[];
}

/** No wait takes time, the dice always fall in the middle, and everything said is kept. */
export function testSurroundings(more: Partial<Surroundings> = {}): TestSurroundings {
  const events: TestSurroundings['events'] = [];
  const waits: number[] = [];
  return {
    events,
    waits,
    now: Date.now,
    random: () => 0.5,
    wait: (ms, signal) => {
      waits.push(ms);
      signal?.throwIfAborted();
      return Promise.resolve();
    },
    log: (level, event, fields) => events.push({ level, event, fields }),
    ...more,
  };
}

import type { Log } from '../platform/log.ts';
import { messageOf } from '../platform/system-error.ts';

/** After a failure of the loop itself, mostly a database that is gone: tried again, but not in a frenzy. */
const PAUSE_AFTER_FAILURE_MS = 2_000;

export interface Loop {
  /** Look now; during a look: look once more after it. */
  readonly wake: () => void;
  /** Lets the look that runs end, and begins no other. */
  readonly stop: () => Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  /** The longest time between two looks: what other servers committed is found by looking. Asked before each pause. */
  readonly everyMs: number | (() => number);
  readonly log: Log;
  /** `more`: there may be more to do at once. */
  readonly look: () => Promise<'more' | 'done'>;
}

/** Looks for work when woken and now and then; never twice at once. */
export function startLoop({ name, everyMs, log, look }: LoopOptions): Loop {
  let stopped = false;
  let awake = true;
  let rouse = (): void => undefined;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!stopped) {
      awake = false;
      const pauseMs = await look().then(
        (result) => (result === 'more' ? 0 : pauseOf(everyMs)),
        (error: unknown) => {
          log.warn({ err: error, loop: name }, `${name} could not look for work: ${messageOf(error)}`);
          return PAUSE_AFTER_FAILURE_MS;
        },
      );
      if (pauseMs > 0 && !awake && !stopped) await sleep(pauseMs);
    }
  };
  // Not before the caller has the loop in hand.
  const running = Promise.resolve().then(run);

  return {
    wake: () => {
      awake = true;
      rouse();
    },
    stop: async () => {
      stopped = true;
      rouse();
      await running;
    },
  };
}

function pauseOf(everyMs: LoopOptions['everyMs']): number {
  return typeof everyMs === 'number' ? everyMs : everyMs();
}

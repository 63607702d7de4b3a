import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../api/percentile.ts';
import { BenchError } from '../bench-error.ts';
import { FleetCampaign } from './campaign.ts';
import { hostsOf } from './fleet.ts';
import { openRolloutHouse } from './house.ts';
import { load } from './plan.ts';
import { NEXT_POLL_MS, Pollers } from './pollers.ts';

const POLL_P99_MS_MAX = 250;
const HALT_MS_MAX = 90_000;
/** Everybody has asked at least once before anything counts, and twice while it does. */
const WARM_UP_MS = NEXT_POLL_MS;
const MEASURED_MS = 2 * NEXT_POLL_MS;

export interface PollFigures {
  readonly hosts: number;
  readonly cores: number;
  readonly load: { readonly before: number; readonly after: number };
  /** One question each over mutual TLS, on a line of its own, from dialing to the last byte of the answer. */
  readonly poll: {
    readonly count: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly maxMs: number;
    readonly failures: Readonly<Record<string, number>>;
    readonly limitMs: number;
    readonly withinLimit: boolean;
  };
  /** From the word of a person until the last host with work to do has heard that it has none. */
  readonly halt: {
    readonly hosts: number;
    readonly seenByAllMs: number;
    readonly limitMs: number;
    readonly withinLimit: boolean;
  };
}

interface Asked {
  readonly only: readonly string[];
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A fleet in a deployment, asking for work at its own pace; then somebody halts. // SOP P6.1, checklist c24 */
export async function benchPoll({ only, said, signal }: Asked): Promise<PollFigures> {
  const hosts = hostsOf(only);
  const house = await openRolloutHouse(hosts, said);
  let pollers: Pollers | undefined;
  try {
    const campaign = new FleetCampaign(house, said, signal);
    await campaign.prepare();
    await campaign.planMs();
    await campaign.deploy();
    said('the first wave is open; agents begin to ask');
    pollers = new Pollers(house);
    await pause(WARM_UP_MS, undefined, { signal });
    const before = load();
    const { latencies, failures } = await pollers.measure(MEASURED_MS, signal);
    if (latencies.length === 0) throw new BenchError('no question was answered', JSON.stringify(failures));
    const p99Ms = rounded(percentile(latencies, 0.99));
    said(`${latencies.length} questions, p99 ${p99Ms} ms`);
    const ended = pollers.untilHalted();
    await campaign.halt();
    const { working, slowestMs } = await ended;
    return {
      ...{ hosts, cores: availableParallelism(), load: { before, after: load() } },
      poll: {
        ...{ count: latencies.length, p50Ms: rounded(percentile(latencies, 0.5)), p99Ms },
        ...{ maxMs: rounded(percentile(latencies, 1)), failures },
        ...{ limitMs: POLL_P99_MS_MAX, withinLimit: p99Ms < POLL_P99_MS_MAX && Object.keys(failures).length === 0 },
      },
      halt: {
        ...{ hosts: working, seenByAllMs: slowestMs, limitMs: HALT_MS_MAX },
        withinLimit: working > 0 && slowestMs < HALT_MS_MAX,
      },
    };
  } finally {
    await pollers?.close();
    await house.close();
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

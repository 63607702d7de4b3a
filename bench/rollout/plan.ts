import { availableParallelism, loadavg } from 'node:os';
import { FleetCampaign } from './campaign.ts';
import { hostsOf } from './fleet.ts';
import { openRolloutHouse } from './house.ts';

const PLAN_MS_MAX = 5_000;

export interface PlanFigures {
  readonly hosts: number;
  readonly cores: number;
  readonly load: { readonly before: number; readonly after: number };
  /** From when the last thing is proved that the plan waits for, until people can sign it. */
  readonly planMs: number;
  readonly limitMs: number;
  readonly withinLimit: boolean;
}

interface Asked {
  readonly only: readonly string[];
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A plan for a fleet from what its hosts have answered already. // SOP P6.1 */
export async function benchPlan({ only, said, signal }: Asked): Promise<PlanFigures> {
  const hosts = hostsOf(only);
  const house = await openRolloutHouse(hosts, said);
  try {
    const campaign = new FleetCampaign(house, said, signal);
    await campaign.prepare();
    const before = load();
    const planMs = Math.round(await campaign.planMs());
    said(`planned in ${planMs} ms`);
    return {
      ...{ hosts, cores: availableParallelism(), load: { before, after: load() } },
      ...{ planMs, limitMs: PLAN_MS_MAX, withinLimit: planMs < PLAN_MS_MAX },
    };
  } finally {
    await house.close();
  }
}

export function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

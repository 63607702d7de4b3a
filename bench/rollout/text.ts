import type { PlanFigures } from './plan.ts';
import type { PollFigures } from './poll.ts';

export function planText({ hosts, planMs, limitMs, withinLimit, load, cores }: PlanFigures): string {
  return [
    `a plan for ${hosts} hosts: ${planMs} ms (limit ${limitMs} ms${withinLimit ? '' : ', missed'})`,
    `load ${load.before} before, ${load.after} after, on ${cores} cores`,
  ].join('\n');
}

export function pollText({ hosts, poll, halt, load, cores }: PollFigures): string {
  const failed = Object.entries(poll.failures).map(([what, count]) => `  ${count} times: ${what}`);
  return [
    `${hosts} agents, ${poll.count} questions: p50 ${poll.p50Ms} ms, p99 ${poll.p99Ms} ms, longest ${poll.maxMs} ms`,
    `  limit of the p99 ${poll.limitMs} ms${poll.withinLimit ? '' : ', missed'}`,
    ...failed,
    `a halt was seen by ${halt.hosts} hosts that waited for a grant within ${halt.seenByAllMs} ms`,
    `  limit ${halt.limitMs} ms${halt.withinLimit ? '' : ', missed'}`,
    `load ${load.before} before, ${load.after} after, on ${cores} cores`,
  ].join('\n');
}

import type { CheckInFigures } from './check-in.ts';

/** The figures for a reader. */
export function textOf({ packages, agents, cores, load, unchanged, changed }: CheckInFigures): string {
  const { visible, accepted, cpu } = changed;
  return [
    `${agents} hosts of ${packages} packages, ${cores} cores, load ${load.before} before and ${load.after} after`,
    `unchanged check-in: ${unchanged.serverCpuMs} ms of the server's processor, limit ${unchanged.limitMs} ms: ${word(unchanged)}`,
    `                    ${unchanged.postgresCpuMs} ms of PostgreSQL's beside it; over ${unchanged.count}`,
    `report with ${changed.changedPackages} changed packages, until it is judged and shown: p50 ${visible.p50Ms} ms, limit ${changed.limitMs} ms: ${word(changed)}`,
    `                    p95 ${visible.p95Ms} ms, longest ${visible.maxMs} ms; accepted after p50 ${accepted.p50Ms} ms, p95 ${accepted.p95Ms} ms`,
    `                    processor: ${cpu.serverCpuMs} ms of the server, ${cpu.postgresCpuMs} ms of PostgreSQL, with all that follows; over ${cpu.count}`,
  ].join('\n');
}

function word({ withinLimit }: { readonly withinLimit: boolean }): string {
  return withinLimit ? 'held' : 'missed';
}

import type { DebsecanFigures } from './debsecan.ts';

/** The figures for a reader. */
export function textOf(figures: DebsecanFigures): string {
  const { cores, load, debsecan, fleet, ratio, ratioWanted, withinLimits, everyHostUnlike, compared: same } = figures;
  return [
    `${cores} cores, load ${load.before} before and ${load.after} after`,
    `debsecan ${debsecan.version}, ${debsecan.rows} rows: ${debsecan.cpuMsPerHost} ms of processor time for a host (median of ${debsecan.hosts})`,
    `  counts ${debsecan.counts}`,
    `${fleet.hosts} hosts of ${fleet.distinctSets} sets: ${fleet.cpuMs} ms in all, ${fleet.cpuMsPerHost.toFixed(4)} ms for a host: ${ratio} times less`,
    `  counts ${fleet.counts}`,
    `if no two hosts were alike: ${everyHostUnlike.cpuMsPerHost.toFixed(4)} ms for a host: ${everyHostUnlike.ratio} times less`,
    `${same.pairs} findings of ${same.hosts} hosts compared:`,
    ...Object.entries(same.differences).map(([why, count]) => `  ${count} ${why}`),
    withinLimits ? 'Within the limits.' : `Less than ${ratioWanted} times: the limit is missed.`,
  ].join('\n');
}

import type { ApiFigures } from './api.ts';

const HEADER = ['route', 'rows', 'calls', 'p50 ms', 'p95 ms', 'max ms', 'of limit', ''];

/** The figures for a reader, the slowest first. */
export function tableOf(figures: ApiFigures): string {
  const { assets, findings, concurrency, cores, load, floor } = figures;
  const routes = Object.entries(figures.routes).toSorted(([, one], [, other]) => other.p95Ms - one.p95Ms);
  const rows = routes.map(([id, { rows: listed, calls, p50Ms, p95Ms, maxMs, ofLimit, withinLimit, slowest }]) => [
    ...[id, String(listed ?? ''), String(calls), p50Ms.toFixed(1), p95Ms.toFixed(1), maxMs.toFixed(1)],
    ...[ofLimit.toFixed(2), withinLimit ? '' : `missed; slowest ${slowest.p95Ms} ms: ${slowest.path}`],
  ]);
  const missed = routes.filter(([, { withinLimit }]) => !withinLimit).length;
  return [
    `${assets} assets with ${findings} findings, ${concurrency} at once, ${cores} cores, load ${load.before} before and ${load.after} after`,
    `an answer without a list: p50 ${floor.p50Ms} ms, p95 ${floor.p95Ms} ms`,
    '',
    ...aligned([HEADER, ...rows]),
    '',
    missed === 0 ? 'Every list is within its limit.' : `${missed} of ${routes.length} lists miss their limit.`,
    ...Object.entries(figures.notMeasured).map(([id, why]) => `Not measured: ${id} (${why}).`),
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 || at === HEADER.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

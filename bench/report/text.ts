import type { ReportFigures } from './report.ts';

/** The figures for a reader. */
export function textOf({ assets, cores, load, delta, exports }: ReportFigures): string {
  const told = ({ p50Ms, p95Ms }: { readonly p50Ms: number; readonly p95Ms: number }) =>
    `p50 ${p50Ms} ms, p95 ${p95Ms} ms`;
  return [
    `${assets} assets, ${cores} cores, load ${load.before} before and ${load.after} after`,
    `a changed report of one host, over ${delta.count}:`,
    `  accepted           ${told(delta.accepted)}`,
    `  in lists, judged   ${told(delta.listed)}`,
    `  in exposure        ${told(delta.exposed)}`,
    ...Object.entries(exports).map(
      ([name, { rows, rowsPerS, firstByteMs, tookMs }]) =>
        `${name}: ${rows} rows in ${tookMs} ms, ${rowsPerS} rows a second, the first byte after ${firstByteMs} ms`,
    ),
  ].join('\n');
}

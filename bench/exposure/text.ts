import type { ExposureFigures, Times } from './exposure.ts';

/** The figures for a reader. */
export function textOf(figures: ExposureFigures): string {
  const { fleet, cores, load, question, whole, imported, memory, limitMs, withinLimit } = figures;
  return [
    `${fleet.assets} assets in ${fleet.packageSets} sets, ${fleet.findings} findings; ${cores} cores, load ${load.before} before and ${load.after} after`,
    'who is affected, the first page and all counts:',
    `  the first question of a server   ${question.firstMs} ms`,
    `  what nobody asked for yet        ${told(question.cold)}`,
    `  again                            ${told(question.warm)}`,
    `  what every host has              ${told(question.everywhere)}`,
    `all ${whole.hosts} hosts, in ${whole.pages} pages: ${whole.tookMs} ms`,
    `an advisory that is imported, of ${imported.hostsMin} to ${imported.hostsMax} hosts, from its commit on:`,
    `  exposure names the hosts         ${told(imported.exposed)}`,
    `  findings count them              ${told(imported.listed)}`,
    `  the import answers, all done     ${told(imported.settled)}`,
    `memory of the server ${memory.rssMb} MB, at most ${memory.peakMb} MB`,
    withinLimit ? `Within ${limitMs} ms.` : `The limit of ${limitMs} ms is missed.`,
  ].join('\n');
}

function told({ asked, p50Ms, p99Ms, maxMs }: Times): string {
  return `p50 ${p50Ms} ms, p99 ${p99Ms} ms, at most ${maxMs} ms of ${asked}`;
}

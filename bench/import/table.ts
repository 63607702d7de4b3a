import type { ImportFigures } from './import.ts';

/** The figures for a reader. */
export function importTable(figures: ImportFigures): string {
  const { cores, load, coldMs, limitMs, withinLimit, againMs, otherBytesMs } = figures;
  const rows = Object.entries(figures.feeds).map(([feed, one]) => [
    ...[feed, one.records, one.coldMs, one.againMs, one.otherBytesMs].map(String),
  ]);
  const changed = [
    ...figures.changedByAgain,
    ...figures.changedByOtherBytes,
    ...(figures.recordLeavesByAgain === 0 ? [] : ['the record']),
  ];
  return [
    `${cores} cores, load ${load.before} before and ${load.after} after`,
    `cold ${coldMs} ms (limit ${limitMs} ms${withinLimit ? '' : ': missed'}), again ${againMs} ms, as other bytes ${otherBytesMs} ms`,
    `importing again changed ${changed.length === 0 ? 'nothing' : changed.join(', ')}`,
    '',
    ...[['feed', 'records', 'cold ms', 'again ms', 'other bytes ms'], ...rows].map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(15))).join(''),
    ),
  ].join('\n');
}

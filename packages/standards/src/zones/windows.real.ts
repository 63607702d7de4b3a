import { readFileSync } from 'node:fs';
import { versions } from 'node:process';
import { expect, it } from 'vitest';
import { compareYear, nothingFound } from './testing/window-oracle.ts';
import { isZone } from './zone-table.ts';

const YEARS = Array.from({ length: 13 }, (_, index) => 2024 + index);

/** Every name of the IANA database, the old ones too, as Debian's tzdata lists them. */
function allZones(): string[] {
  const lines = readFileSync('/usr/share/zoneinfo/tzdata.zi', 'utf8').split('\n');
  const names = lines.flatMap((line) => {
    const [kind, first = '', second = ''] = line.split(' ');
    if (kind === 'Z') return [first];
    return kind === 'L' ? [second] : [];
  });
  return [...new Set([...names, ...Intl.supportedValuesOf('timeZone')])].filter((name) => name !== 'Factory').sort();
}

it('every zone, every year from 2024 to 2036, six kinds of rules: no window is lost and none is doubled', () => {
  const zones = allZones();
  const started = Date.now();
  const unknown = zones.filter((zone) => !isZone(zone));
  let found = nothingFound();
  for (const [index, zone] of zones.entries()) {
    if (unknown.includes(zone)) continue;
    for (const year of YEARS) found = compareYear(zone, year, index + year, found);
  }
  const occurrences = [...found.occurrences.values()].reduce((sum, count) => sum + count, 0);
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  console.log(
    `${zones.length} zones (tzdata ${versions['tz']}), ${YEARS.length} years, ${occurrences} occurrences in ${seconds} s: ` +
      `${[...found.occurrences].map(([kind, count]) => `${kind} ${count}`).join(', ')}; ` +
      `${found.skipped} at times that clocks skip, ${found.twice} at times that they show twice`,
  );

  expect(unknown).toEqual([]);
  expect(found.wrong).toEqual([]);
  expect(zones.length).toBeGreaterThan(500);
  expect([...found.occurrences.keys()].sort()).toEqual(['freeze', 'last', 'nth', 'nth-offset', 'once', 'weekly']);
  expect(found.skipped).toBeGreaterThan(1_000);
  expect(found.twice).toBeGreaterThan(1_000);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseDpkgStatus } from '../../packages/agent/src/package-managers/index.ts';
import { diceOf } from '../dice.ts';
import { recordsOf, type StatusRecord, upgraded } from './status-file.ts';

const SUITES = ['bookworm', 'bookworm-updates', 'bookworm-security'];
/** Of the packages of the real host a drawn one lacks so many. */
const LACKS = 0.2;

/**
 * Hosts that come of a real one: each lacks other packages, and has more or fewer of them at the newest version of the
 * archive. The first is the real one itself.
 */
export function drawnHosts(data: string, count: number): readonly (readonly StatusRecord[])[] {
  const status = gunzipSync(readFileSync(join(data, 'hosts/bookworm-workstation/dpkg-status.gz'))).toString('utf8');
  const real = recordsOf(status, parseDpkgStatus(status));
  const newest = newestOf(data);
  const newer = real.map((record) => {
    const found = newest.get(`${record.installed.name} ${record.installed.architecture}`);
    return found === undefined ? record : upgraded(record, found.version, found.sourceVersion);
  });
  const dice = diceOf(1);
  const drawn = Array.from({ length: count - 1 }, () => {
    const upToDate = dice();
    return real.flatMap((record, at) => {
      if (dice() < LACKS) return [];
      return [dice() < upToDate ? (newer[at] ?? record) : record];
    });
  });
  return [real, ...drawn];
}

/** The suites are in the order in which later ones overtake earlier ones. */
function newestOf(data: string): ReadonlyMap<string, { readonly version: string; readonly sourceVersion: string }> {
  const newest = new Map<string, { readonly version: string; readonly sourceVersion: string }>();
  for (const suite of SUITES) {
    const table = gunzipSync(readFileSync(join(data, 'debian/archive-index', `${suite}.tsv.gz`))).toString('utf8');
    for (const line of table.trimEnd().split('\n').slice(1)) {
      const [name = '', version = '', architecture = '', , sourceVersion = ''] = line.split('\t');
      newest.set(`${name} ${architecture}`, { version, sourceVersion });
    }
  }
  return newest;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { InstalledPackage, OfferedUpdate } from '@patchsteward/core/vocabulary';
import { bookworm, type HostReport, installed, offered } from './reported-host.ts';

/** Real feeds and a real host; they are not part of the project, so tests that need them are skipped by name elsewhere. */
const directory =
  process.env['PATCHSTEWARD_TEST_DATA'] ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
export const sharedData = existsSync(directory) ? directory : undefined;

export const sharedFeeds = {
  'debian-osv': join(directory, 'debian/dsa-dla-osv.jsonl.gz'),
  kev: join(directory, 'kev/known_exploited_vulnerabilities.json.gz'),
  epss: join(directory, 'epss/epss_scores-2026-08-16.csv.gz'),
} as const;

/** 756 packages of a Debian 12 workstation, with what apt offers it. */
export function sharedHost(): HostReport {
  const packages = table('hosts/bookworm-workstation/packages.tsv.gz').map(
    ([name = '', version = '', architecture = '', source = '', sourceVersion = '']): InstalledPackage =>
      installed(name, version, { architecture, source, sourceVersion }),
  );
  return { release: bookworm, packages, updates: offers() };
}

function offers(): OfferedUpdate[] {
  const sources = new Map<string, readonly string[]>();
  for (const index of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    for (const row of table(`debian/archive-index/${index}.tsv.gz`)) sources.set(`${row[0]} ${row[1]}`, row);
  }
  const lines = readFileSync(join(directory, 'hosts/bookworm-workstation/apt-list-upgradable.txt'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const match = /^([^/]+)\/\S+ (\S+) (\S+) \[upgradable from: (\S+)\]$/.exec(line);
    if (match === null) return [];
    const [, name = '', to = '', architecture = '', from = ''] = match;
    const row = sources.get(`${name} ${to}`);
    return [offered(name, from, to, { architecture, source: row?.[3] ?? name, sourceVersion: row?.[4] ?? to })];
  });
}

function table(file: string): string[][] {
  const lines = gunzipSync(readFileSync(join(directory, file)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  return lines.slice(1).map((line) => line.split('\t'));
}

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';

const folder = resolve(
  import.meta.dirname,
  '../../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
);

/** Whether this machine has the real data: a test that wants it is skipped by name where it has none. */
export const HAS_REAL_DATA = existsSync(folder);

/** Where a file of real data is. */
export function realFile(path: string): string {
  return join(folder, path);
}

export function realText(path: string): string {
  return gunzipSync(readFileSync(realFile(path))).toString('utf8');
}

/** Debian's binaries by the source that each was built from, as of bookworm. */
export function debianSources(): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    const [, ...rows] = realText(`debian/archive-index/${suite}.tsv.gz`).split('\n');
    for (const row of rows) {
      const [name, , , source] = row.split('\t');
      if (name !== undefined && source !== undefined) sources.set(name, source);
    }
  }
  return sources;
}

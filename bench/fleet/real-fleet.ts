import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Claim, SourceVersion } from '@patchsteward/core/1-identification';
import { parseDebianOsv } from '@patchsteward/feeds';
import { BenchError } from '../bench-error.ts';

const SCOPE = 'debian:12';
const SUITES = ['bookworm', 'bookworm-security', 'bookworm-updates'];

export interface RealFleet {
  readonly versions: readonly SourceVersion[];
  readonly claims: readonly Claim[];
  /** How many of the versions stand in the archive or in an advisory, as they are. */
  readonly real: number;
}

/**
 * Distinct versions of the sources of Debian 12: those of its archive, those in which advisories fixed something, and,
 * until there are as many as asked for, earlier uploads of the same (`~1`, `~2` … behind a real version).
 */
export function readRealFleet(count: number): RealFleet {
  const data = folder();
  const claims = parseDebianOsv(gunzipSync(readFileSync(join(data, 'dsa-dla-osv.jsonl.gz')))).claims.filter(
    ({ scope }) => scope === SCOPE,
  );
  const known = new Map<string, SourceVersion>();
  const add = (source: string, sourceVersion: string) => {
    const version = { scope: SCOPE, source, sourceVersion };
    if (known.size < count) known.set(`${source} ${sourceVersion}`, version);
  };
  for (const suite of SUITES) {
    const lines = gunzipSync(readFileSync(join(data, 'archive-index', `${suite}.tsv.gz`)))
      .toString()
      .split('\n');
    for (const line of lines.slice(1)) {
      const [, , , source, sourceVersion] = line.split('\t');
      if (source !== undefined && sourceVersion !== undefined) add(source, sourceVersion);
    }
  }
  for (const { packageName, ranges } of claims) {
    for (const { fixed } of ranges) if (fixed !== null) add(packageName, fixed);
  }
  const real = known.size;
  for (let upload = 1; known.size < count; upload += 1) {
    for (const { source, sourceVersion } of [...known.values()].slice(0, real)) {
      add(source, `${sourceVersion}~${upload}`);
    }
  }
  return { versions: [...known.values()], claims, real };
}

function folder(): string {
  const root = resolve(import.meta.dirname, '../..', process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data');
  const data = join(root, 'debian');
  if (existsSync(data)) return data;
  throw new BenchError(`there are no real advisories at ${data}`, 'set PATCHSTEWARD_TEST_DATA to the folder with them');
}

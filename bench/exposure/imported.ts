import { setTimeout as pause } from 'node:timers/promises';
import { isKernelSource } from '@patchsteward/core/1-identification';
import pg from 'pg';
import { osvFile } from '../../packages/server/src/1-identification/testing/feed-files.ts';
import { COMMON, HUGE_FLEET, VERSIONS_OF_SOURCE, versionOf } from '../api/fleet.ts';
import { BenchError } from '../bench-error.ts';
import type { LiveHouse } from '../live-house.ts';
import { spreadOf, type Times } from './exposure.ts';

/** Advisories, each imported by itself while the server runs. */
const ADVISORIES = 6;
/** One in so many is about a package that all hosts have. */
const COMMON_ONE_IN = 3;
/** A kernel that is installed and does not run affects nobody; these hosts run none that was reported. */
const ON_ALL_HOSTS = COMMON.filter((name) => !isKernelSource(name));
/** About half of those that have the package are below it. */
const FIXED = versionOf(VERSIONS_OF_SOURCE / 2);
/** Between two looks: short beside what is measured. */
const COMMIT_LOOK_MS = 1;
const LIST_LOOK_MS = 20;
const VISIBLE_MS_MAX = 600_000;

export interface ImportedFigure {
  /** From the commit of the import to the end of the first answer that names hosts. */
  readonly exposed: Times;
  /** To when the list of findings counts them. */
  readonly listed: Times;
  /** From the request to its answer: everything that follows is judged, assessed and counted. */
  readonly settled: Times;
  readonly hostsMin: number;
  readonly hostsMax: number;
}

interface Seen {
  readonly exposedMs: number;
  readonly listedMs: number;
  readonly settledMs: number;
  readonly hosts: number;
}

/** How soon an advisory that comes while the server runs is in the answers. */
export async function measureImports(
  house: LiveHouse,
  databaseUrl: string,
  said: (line: string) => void,
  signal: AbortSignal,
): Promise<ImportedFigure> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const seen: Seen[] = [];
    for (let number = 1; number <= ADVISORIES; number += 1) {
      signal.throwIfAborted();
      const one = await importOne(house, database, number);
      seen.push(one);
      said(
        `advisory ${number}: ${one.hosts} hosts, named after ${Math.round(one.exposedMs)} ms, listed after ${Math.round(one.listedMs)} ms, all done after ${Math.round(one.settledMs)} ms`,
      );
    }
    const hosts = seen.map((one) => one.hosts);
    return {
      exposed: spreadOf(seen.map(({ exposedMs }) => exposedMs)),
      listed: spreadOf(seen.map(({ listedMs }) => listedMs)),
      settled: spreadOf(seen.map(({ settledMs }) => settledMs)),
      ...{ hostsMin: Math.min(...hosts), hostsMax: Math.max(...hosts) },
    };
  } finally {
    await database.end();
  }
}

async function importOne(house: LiveHouse, database: pg.Client, number: number): Promise<Seen> {
  const vulnerability = `CVE-2027-${String(number).padStart(4, '0')}`;
  const began = performance.now();
  const imported = importFile(house, number, vulnerability);
  const settled = imported.then(() => performance.now() - began);
  // Whoever waits below fails with it; until then nobody looks.
  settled.catch(() => undefined);
  const committed = await until(COMMIT_LOOK_MS, async () => {
    const { rowCount } = await database.query('select from identification.claim where vulnerability = $1', [
      vulnerability,
    ]);
    return rowCount === 0 ? undefined : performance.now();
  });
  const hosts = await until(0, async () => {
    const { counts } = await house.client('exposure.show', { params: { vulnerability }, query: {} });
    return counts.affected === 0 ? undefined : counts.affected;
  });
  const exposedMs = performance.now() - committed;
  await until(LIST_LOOK_MS, async () => {
    const { items } = await house.client('finding.list', { query: { search: vulnerability } });
    return items[0]?.assets === hosts ? true : undefined;
  });
  const listedMs = performance.now() - committed;
  return { exposedMs, listedMs, settledMs: await settled, hosts };
}

async function importFile({ url, cookie }: LiveHouse, number: number, vulnerability: string): Promise<void> {
  const isCommon = number % COMMON_ONE_IN === 0;
  const common = ON_ALL_HOSTS[number / COMMON_ONE_IN];
  const name = isCommon && common !== undefined ? common : `source-${(number * 137) % HUGE_FLEET.sources}`;
  const body = osvFile({ id: `DSA-${9_000 + number}-1`, package: name, fixed: FIXED, upstream: [vulnerability] });
  const response = await fetch(`${url}/api/v1/feeds/debian-osv/import`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body,
  });
  if (!response.ok) throw new BenchError(`the feed is refused: ${await response.text()}`, 'see the server');
}

/** Looks until there is something to see. */
async function until<T>(betweenMs: number, look: () => Promise<T | undefined>): Promise<T> {
  const began = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() - began > VISIBLE_MS_MAX) {
      throw new BenchError('an advisory is not seen within ten minutes', 'see the server');
    }
    await pause(betweenMs);
  }
}

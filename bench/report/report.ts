import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import type { FakeAgent } from '../../packages/server/src/1-identification/testing/fake-agent.ts';
import { installed, inventory } from '../../packages/server/src/1-identification/testing/inventories.ts';
import { bookworm } from '../../packages/server/src/1-identification/testing/reported-host.ts';
import { LARGE_FLEET, VERSIONS_OF_SOURCE, versionOf } from '../api/fleet.ts';
import { filled } from '../api/house.ts';
import { percentile } from '../api/percentile.ts';
import { BenchError } from '../bench-error.ts';
import { type LiveHouse, openLiveHouse } from '../live-house.ts';

const CLI = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'patchsteward.mjs');
/** The vulnerability that every host of the filled fleet has. */
const EVERYWHERE = 'CVE-2026-00001';
const HOST = 'bench-host';
const PACKAGES = 300;
const CHANGED_PACKAGES = 5;
const ROUNDS = 20;
const WARM_UP_ROUNDS = 4;
const LOOK_MS = 2;
const VISIBLE_MS_MAX = 60_000;
const EXPORT_MS_MAX = 300_000;

interface Spread {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** One list written by the command line, all of it. */
interface ExportFigure {
  readonly rows: number;
  readonly bytes: number;
  readonly firstByteMs: number;
  readonly tookMs: number;
  readonly rowsPerS: number;
}

export interface ReportFigures {
  readonly assets: number;
  readonly cores: number;
  readonly load: { readonly before: number; readonly after: number };
  /** From the first byte of a changed report to when it is accepted, shown in the list of assets, and counted in exposure. */
  readonly delta: {
    readonly count: number;
    readonly accepted: Spread;
    readonly listed: Spread;
    readonly exposed: Spread;
  };
  /** With the start of the command line itself. */
  readonly exports: Readonly<Record<string, ExportFigure>>;
}

interface Asked {
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How soon a change of one host among 20,000 is seen, and how fast everything is written out. */
export async function benchReport({ said, signal }: Asked): Promise<ReportFigures> {
  const house = await openLiveHouse((address) => filled(address, LARGE_FLEET, said), said);
  try {
    const before = loadNow();
    const agent = await house.enroll(HOST);
    const delta = await measureDelta(house, agent, signal);
    said(`a change is listed after p50 ${delta.listed.p50Ms} ms, exposed after ${delta.exposed.p50Ms} ms`);
    const { secret } = await house.client('api-token.create', { body: {} });
    const exports: Record<string, ExportFigure> = {};
    for (const [name, args] of Object.entries(EXPORTS)) {
      signal.throwIfAborted();
      const figure = await measureExport(house.url, secret, args);
      exports[name] = figure;
      said(`${name}: ${figure.rows} rows in ${figure.tookMs} ms, the first byte after ${figure.firstByteMs} ms`);
    }
    const load = { before, after: loadNow() };
    return { assets: LARGE_FLEET.assets, cores: availableParallelism(), load, delta, exports };
  } finally {
    await house.close();
  }
}

const EXPORTS = {
  'assets as JSON': ['asset', 'list', '--all', '--json'],
  'findings as JSON': ['finding', 'list', '--all', '--json'],
  'exposure as JSON': ['exposure', EVERYWHERE, '--json'],
  'exposure as CSV': ['exposure', EVERYWHERE, '--csv'],
} as const satisfies Record<string, readonly string[]>;

async function measureDelta(house: LiveHouse, agent: FakeAgent, signal: AbortSignal): Promise<ReportFigures['delta']> {
  const taken: Taken[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    signal.throwIfAborted();
    const one = await untilSeen(house, agent, round);
    if (round >= WARM_UP_ROUNDS) taken.push(one);
  }
  return {
    count: taken.length,
    accepted: spreadOf(taken.map(({ acceptedMs }) => acceptedMs)),
    listed: spreadOf(taken.map(({ listedMs }) => listedMs)),
    exposed: spreadOf(taken.map(({ exposedMs }) => exposedMs)),
  };
}

interface Taken {
  readonly acceptedMs: number;
  readonly listedMs: number;
  readonly exposedMs: number;
}

/** In even rounds the host has the vulnerability, in odd ones it has the fix. */
async function untilSeen({ client }: LiveHouse, agent: FakeAgent, round: number): Promise<Taken> {
  const isOld = round % 2 === 0;
  const began = performance.now();
  await agent.report(sectionsOf(round));
  const acceptedMs = performance.now() - began;
  const listedMs = await until(began, async () => {
    const { items } = await client('asset.list', { query: { search: HOST } });
    return items.some(
      ({ findings, judged }) => judged.kind === 'judged' && findings !== null && findings > 0 === isOld,
    );
  });
  const exposedMs = await until(began, async () => {
    const { counts } = await client('exposure.show', { params: { vulnerability: EVERYWHERE }, query: { limit: 1 } });
    return counts.affected === LARGE_FLEET.assets + (isOld ? 1 : 0);
  });
  return { acceptedMs, listedMs, exposedMs };
}

async function until(began: number, isSo: () => Promise<boolean>): Promise<number> {
  for (;;) {
    const isThere = await isSo();
    const tookMs = performance.now() - began;
    if (isThere) return tookMs;
    if (tookMs > VISIBLE_MS_MAX) throw new BenchError('a report is not seen within a minute', 'see the server');
    await pause(LOOK_MS);
  }
}

/** A host of the filled fleet's release; five of its packages change with each round, one of them is what all have. */
function sectionsOf(round: number): InventorySections {
  const changed = versionOf(VERSIONS_OF_SOURCE + 2 + round);
  const names = ['openssl', ...Array.from({ length: PACKAGES - 1 }, (_, at) => `source-${at + 100}`)];
  const packages = names.map((name, at) => {
    const usual = at > 0 && at < CHANGED_PACKAGES ? changed : versionOf(VERSIONS_OF_SOURCE);
    const version = at === 0 ? versionOf(round % 2 === 0 ? 1 : VERSIONS_OF_SOURCE) : usual;
    return installed({ name, version, source: name, sourceVersion: version, origins: null });
  });
  return {
    packages: { ecosystem: 'deb', release: bookworm, packages, publishers: [] },
    updates: { updates: [], unanswered: null },
    origins: { origins: [] },
    system: inventory({ hostname: HOST }).system,
  };
}

/** As a person calls it: the command line in a process of its own, its output read to the end. */
async function measureExport(url: string, token: string, args: readonly string[]): Promise<ExportFigure> {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, PATCHSTEWARD_URL: url, PATCHSTEWARD_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: EXPORT_MS_MAX,
  });
  let firstByteMs = 0;
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => {
    if (parts.length === 0) firstByteMs = performance.now() - began;
    parts.push(part);
  });
  await once(child, 'close');
  const tookMs = performance.now() - began;
  const written = Buffer.concat(parts);
  const rows = rowsOf(written.toString('utf8'));
  return {
    ...{ rows, bytes: written.length, firstByteMs: Math.round(firstByteMs), tookMs: Math.round(tookMs) },
    rowsPerS: Math.round((rows / tookMs) * 1_000),
  };
}

/** Of JSON the items, of CSV the lines below the header; an output that was cut off is no figure. */
function rowsOf(text: string): number {
  if (!text.startsWith('{')) return text.split('\r\n').length - 2;
  const { items, assets }: Readonly<Record<string, unknown>> = Object(JSON.parse(text));
  const rows = [items, assets].find(Array.isArray);
  if (rows === undefined) throw new BenchError('a list came without its rows', 'see the command line');
  return rows.length;
}

function spreadOf(values: readonly number[]): Spread {
  const [p50Ms, p95Ms] = [0.5, 0.95].map((share) => Math.round(percentile(values, share) * 10) / 10);
  return { p50Ms: p50Ms ?? 0, p95Ms: p95Ms ?? 0 };
}

function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

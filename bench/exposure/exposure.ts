import { availableParallelism, loadavg } from 'node:os';
import { Caller } from '../api/caller.ts';
import { HUGE_FLEET } from '../api/fleet.ts';
import { filled } from '../api/house.ts';
import { percentile } from '../api/percentile.ts';
import { urlOf } from '../api/server.ts';
import type { Totals } from '../api/totals.ts';
import { BenchError } from '../bench-error.ts';
import { openLiveHouse } from '../live-house.ts';
import { type ImportedFigure, measureImports } from './imported.ts';
import { EVERYWHERE, questions } from './questions.ts';

/** From a new advisory to its hosts, through the API. */
const LIMIT_MS = 200;
/** One after the other, as people ask; each so often. */
const ROUNDS = 4;
const PAGE_ROWS = 500;
/** A million rows: beyond, a list goes on without an end. */
const PAGES_MAX = 2_000;

export interface Times {
  readonly asked: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface ExposureFigures {
  readonly fleet: Totals;
  readonly cores: number;
  readonly load: { readonly before: number; readonly after: number };
  /** The first page with all counts: of a server that has answered nothing yet, of what nobody asked for yet, again. */
  readonly question: {
    readonly firstMs: number;
    readonly cold: Times;
    readonly warm: Times;
    /** What every host has. */
    readonly everywhere: Times;
  };
  /** Every host of what every host has, page by page. */
  readonly whole: { readonly hosts: number; readonly pages: number; readonly tookMs: number };
  readonly imported: ImportedFigure;
  readonly memory: { readonly rssMb: number; readonly peakMb: number };
  readonly limitMs: number;
  readonly withinLimit: boolean;
}

interface Asked {
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** "Who is affected?" over HTTP, of 100,000 assets, and how soon a new advisory is in the answers. */
export async function benchExposure({ said, signal }: Asked): Promise<ExposureFigures> {
  let totals: Totals | undefined;
  let databaseUrl = '';
  const house = await openLiveHouse(async (address) => {
    totals = await filled(address, HUGE_FLEET, said);
    databaseUrl = urlOf(address);
  }, said);
  try {
    if (totals === undefined) throw new TypeError('the house was filled');
    const before = loadNow();
    const caller = new Caller(house.url, house.cookie, 1);
    const [firstMs] = await timesOf(caller, [EVERYWHERE], signal);
    said(`the first question: ${firstMs} ms`);
    const asked = questions();
    const cold = spreadOf(await timesOf(caller, asked, signal));
    const warm = spreadOf(await timesOf(caller, repeated(asked, ROUNDS), signal));
    const everywhere = spreadOf(await timesOf(caller, repeated([EVERYWHERE], asked.length), signal));
    said(`questions: cold p99 ${cold.p99Ms} ms, warm ${warm.p99Ms} ms, of what all have ${everywhere.p99Ms} ms`);
    const whole = await readWhole(caller, signal);
    said(`all ${whole.hosts} hosts in ${whole.pages} pages: ${whole.tookMs} ms`);
    const imported = await measureImports(house, databaseUrl, said, signal);
    caller.close();
    const slowest = Math.max(cold.p99Ms, warm.p99Ms, everywhere.p99Ms, imported.exposed.p99Ms);
    return {
      ...{ fleet: totals, cores: availableParallelism(), load: { before, after: loadNow() } },
      question: { firstMs: firstMs ?? 0, cold, warm, everywhere },
      ...{ whole, imported, memory: await house.memory() },
      ...{ limitMs: LIMIT_MS, withinLimit: slowest < LIMIT_MS },
    };
  } finally {
    await house.close();
  }
}

async function timesOf(caller: Caller, asked: readonly string[], signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  for (const what of asked) {
    signal.throwIfAborted();
    times.push(rounded(await caller.time(`/api/v1/exposure/${encodeURIComponent(what)}`)));
  }
  return times;
}

async function readWhole(caller: Caller, signal: AbortSignal): Promise<ExposureFigures['whole']> {
  const began = performance.now();
  let hosts = 0;
  let cursor = '';
  for (let pages = 1; pages <= PAGES_MAX; pages += 1) {
    signal.throwIfAborted();
    const { assets, next } = await caller.read(`/api/v1/exposure/${EVERYWHERE}?limit=${PAGE_ROWS}${cursor}`);
    hosts += Array.isArray(assets) ? assets.length : 0;
    if (typeof next !== 'string') return { hosts, pages, tookMs: Math.round(performance.now() - began) };
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  throw new BenchError('the list of hosts has no end', 'see the cursor of exposure.show');
}

function repeated(asked: readonly string[], rounds: number): string[] {
  return Array.from({ length: rounds }, () => asked).flat();
}

export function spreadOf(times: readonly number[]): Times {
  const [p50Ms = 0, p99Ms = 0, maxMs = 0] = [0.5, 0.99, 1].map((share) => rounded(percentile(times, share)));
  return { asked: times.length, p50Ms, p99Ms, maxMs };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function loadNow(): number {
  return rounded(loadavg()[0] ?? 0);
}

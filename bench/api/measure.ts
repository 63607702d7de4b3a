import type { Route } from '@patchsteward/contract';
import { addressOf, type Caller } from './caller.ts';
import type { Case } from './cases.ts';
import { percentile } from './percentile.ts';

export const CONCURRENCY = 8;
const LIMIT_MS = 100;
/** Of each route: below, a p95 rests on a handful of answers. */
const CALLS_MIN = 200;
/** Of each question, so that one slow one among many is seen. */
const CALLS_OF_CASE_MIN = 20;
/** Each question so often before anything counts: plans are made, pages are in memory, code is compiled. */
const WARM_UP_CALLS = 4;
/** A route that is far too slow is known to be so before it has answered everything. */
const ROUTE_MS_MAX = 30_000;
/** Pages on the way to a late one are as large as the server gives them. */
const STEP_ROWS = 500;

export interface Times {
  readonly calls: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

export interface RouteFigure extends Times {
  readonly limitMs: number;
  /** p95 by the limit: above 1 it is missed. */
  readonly ofLimit: number;
  readonly withinLimit: boolean;
  /** Rows of the longest list that was asked for; null where the answer does not say. */
  readonly rows: number | null;
  readonly slowest: { readonly path: string; readonly p95Ms: number };
}

/** All questions to one route, in turns, by several at once. */
export async function measureRoute(
  caller: Caller,
  route: Route,
  cases: readonly Case[],
  signal: AbortSignal,
): Promise<RouteFigure> {
  const prepared = await Promise.all(cases.map((one) => prepare(caller, route, one)));
  const paths = prepared.map(({ path }) => path);
  const rows = prepared.flatMap((one) => (one.rows === null ? [] : [one.rows]));
  await callInTurns(caller, paths, WARM_UP_CALLS * paths.length, signal);
  const calls = Math.max(CALLS_MIN, CALLS_OF_CASE_MIN * paths.length);
  const taken = await callInTurns(caller, paths, calls, signal);
  return figureOf(paths, taken, rows.length === 0 ? null : Math.max(...rows));
}

/** What the machine itself costs at this moment: an answer that asks nothing of the database. */
export async function measureFloor(caller: Caller, path: string, signal: AbortSignal): Promise<Times> {
  await callInTurns(caller, [path], CALLS_MIN, signal);
  return timesOf((await callInTurns(caller, [path], CALLS_MIN, signal)).flat());
}

/** `taken`: what each path took, one list for each. */
export function figureOf(
  paths: readonly string[],
  taken: readonly (readonly number[])[],
  rows: number | null,
): RouteFigure {
  const times = timesOf(taken.flat());
  const [slowest] = paths
    .flatMap((path, at) => {
      const own = taken[at] ?? [];
      return own.length === 0 ? [] : [{ path, p95Ms: rounded(percentile(own, 0.95)) }];
    })
    .toSorted((one, other) => other.p95Ms - one.p95Ms);
  if (slowest === undefined) throw new RangeError('a route without a question has no figure');
  const { p95Ms } = times;
  return {
    ...times,
    ...{ limitMs: LIMIT_MS, ofLimit: rounded(p95Ms / LIMIT_MS), withinLimit: p95Ms < LIMIT_MS, rows, slowest },
  };
}

function timesOf(taken: readonly number[]): Times {
  return {
    calls: taken.length,
    p50Ms: rounded(percentile(taken, 0.5)),
    p95Ms: rounded(percentile(taken, 0.95)),
    maxMs: rounded(percentile(taken, 1)),
  };
}

/** Finds the place of the page that is asked for. */
async function prepare(caller: Caller, { path }: Route, asked: Case): Promise<{ path: string; rows: number | null }> {
  let cursor: string | null = null;
  const step = { ...asked, query: { ...asked.query, limit: STEP_ROWS } };
  const wanted = asked.page ?? 1;
  for (let page = 1; page < wanted; page += 1) {
    const { next }: Readonly<Record<string, unknown>> = await caller.read(addressOf(path, step, cursor));
    // A list that is shorter is measured at its last page.
    if (typeof next !== 'string') break;
    cursor = next;
  }
  const address = addressOf(path, asked, cursor);
  const { total, assetsTotal, items } = await caller.read(address);
  return { path: address, rows: rowsOf([total, assetsTotal], items) };
}

function rowsOf(totals: readonly unknown[], items: unknown): number | null {
  const told = totals.find((total) => typeof total === 'number');
  if (typeof told === 'number') return told;
  return Array.isArray(items) ? items.length : null;
}

async function callInTurns(
  caller: Caller,
  paths: readonly string[],
  calls: number,
  signal: AbortSignal,
): Promise<number[][]> {
  const taken = paths.map((): number[] => []);
  const until = performance.now() + ROUTE_MS_MAX;
  let next = 0;
  const ask = async (): Promise<void> => {
    while (next < calls && performance.now() < until) {
      signal.throwIfAborted();
      const at = next % paths.length;
      next += 1;
      taken[at]?.push(await caller.time(paths[at] ?? ''));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, ask));
  return taken;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

import { availableParallelism, loadavg } from 'node:os';
import type { Route } from '@patchsteward/contract';
import { BenchError } from '../bench-error.ts';
import { Caller } from './caller.ts';
import { askedOf, type Subjects } from './cases.ts';
import { LARGE_FLEET } from './fleet.ts';
import { openFilledHouse } from './house.ts';
import { CONCURRENCY, measureFloor, measureRoute, type RouteFigure, type Times } from './measure.ts';
import { comeIn } from './person.ts';
import { listRoutes } from './routes.ts';
import type { Totals } from './totals.ts';

/** Answers a signed-in person without asking for any list: what all of them cost at least, on this machine. */
const FLOOR = '/api/v1/session';

export interface ApiFigures extends Totals {
  readonly concurrency: number;
  readonly cores: number;
  /** Processes that wanted to run, over the last minute. Above `cores` the figures are also those of others. */
  readonly load: { readonly before: number; readonly after: number };
  readonly floor: Times;
  readonly routes: Readonly<Record<string, RouteFigure>>;
  readonly notMeasured: Readonly<Record<string, string>>;
}

interface Asked {
  /** Routes by id; none: all of them. */
  readonly only: readonly string[];
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Fills, measures every list and search, and tells. // p95 under 100 ms with 20,000 assets and 400,000 findings */
export async function benchApi({ only, said, signal }: Asked): Promise<ApiFigures> {
  const thoughtless = listRoutes().filter(({ id }) => askedOf(id) === undefined);
  if (thoughtless.length > 0) {
    const names = thoughtless.map(({ id }) => id).join(', ');
    throw new BenchError(`nobody has said what to ask ${names}`, 'give each a case in bench/api/cases.ts');
  }
  const routes = chosen(only);
  const house = await openFilledHouse(LARGE_FLEET, said);
  try {
    const { cookie, subjects } = await comeIn(house.server);
    const caller = new Caller(house.server.url, cookie, CONCURRENCY);
    const before = loadNow();
    const floor = await measureFloor(caller, FLOOR, signal);
    const measured = await measureAll(caller, { routes, subjects, said, signal });
    caller.close();
    const load = { before, after: loadNow() };
    return { ...house.totals, concurrency: CONCURRENCY, cores: availableParallelism(), load, floor, ...measured };
  } finally {
    await house.close();
  }
}

function chosen(only: readonly string[]): readonly Route[] {
  const routes = listRoutes();
  const unknown = only.filter((id) => !routes.some((route) => route.id === id));
  if (unknown.length > 0) {
    throw new BenchError(
      `no list is called ${unknown.join(', ')}`,
      `there are: ${routes.map(({ id }) => id).join(', ')}`,
    );
  }
  return only.length === 0 ? routes : routes.filter(({ id }) => only.includes(id));
}

async function measureAll(
  caller: Caller,
  { routes: listed, subjects, said, signal }: Omit<Asked, 'only'> & { routes: readonly Route[]; subjects: Subjects },
): Promise<Pick<ApiFigures, 'routes' | 'notMeasured'>> {
  const routes: Record<string, RouteFigure> = {};
  const notMeasured: Record<string, string> = {};
  for (const route of listed) {
    signal.throwIfAborted();
    const asked = askedOf(route.id);
    if (asked === undefined) throw new TypeError(`${route.id} was looked for before`);
    if (asked.kind === 'not-measured') {
      notMeasured[route.id] = asked.why;
      continue;
    }
    const figure = await measureRoute(caller, route, asked.of(subjects), signal);
    routes[route.id] = figure;
    const { path, p95Ms } = figure.slowest;
    said(`${route.id}: p95 ${figure.p95Ms} ms (slowest ${p95Ms} ms: ${path})`);
  }
  return { routes, notMeasured };
}

function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CutOffError, expectOk, FakeAgent, RefusedError } from '../../1-identification/testing/fake-agent.ts';
import { addressed, inventory } from '../../1-identification/testing/inventories.ts';
import { codeOf } from '../../platform/system-error.ts';
import { OpenWork } from './open-work.ts';
import type { ServerProcess } from './server-process.ts';

const HOSTS = 6;
/** Pauses before a kill: from the first request after a start to well into the traffic. */
const KILL_AFTER_MS_MAX = 900;
/** Every fifth blow is for both at once. */
const BOTH_EVERY = 5;
/** Blows of which none falls into a transaction say that there is no traffic, and nothing would be proved. */
const BLOWS_PER_KILL_MAX = 3;
const RETRY_MS = 25;
/** Of the reports whose answer was lost, this share is given up for a newer one, as when a host changed meanwhile. */
const GIVE_UP_SHARE = 0.3;
const PACKAGES = 40;

/** What the outside was told, and what it tried. */
export interface Ledger {
  /** Per asset: every inventory tried, in order, and whether the server acknowledged it. */
  readonly reports: Map<string, { readonly hashes: Readonly<Record<string, string>>; acknowledged: boolean }[]>;
  readonly tokens: string[];
  /** Asset, its version after the change, and the tag that the change set. */
  readonly changes: { readonly assetId: string; readonly version: number; readonly tag: string }[];
  /** Codes of refusals that a crash does not explain. */
  readonly surprises: string[];
}

export interface Survival {
  readonly server: ServerProcess;
  readonly ledger: Ledger;
  /** While the database had a transaction open, by its own word a moment before. */
  readonly kills: { server: number; database: number };
  /** Kills that found no transaction open, and so prove nothing. */
  readonly late: number;
}

export interface SurvivalOptions {
  /** Of both together. */
  readonly kills: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
  /** Ends it after the kill that is being got over. */
  readonly signal?: AbortSignal;
}

/**
 * Hosts report and people change things while server and database are killed at seeded moments. Ends with everything
 * up and one last report acknowledged for every host.
 */
export async function surviveKills(
  server: ServerProcess,
  { kills: wanted, seed, say = () => {}, signal }: SurvivalOptions,
): Promise<Survival> {
  const random = seededRandom(seed);
  const ledger: Ledger = { reports: new Map(), tokens: [], changes: [], surprises: [] };
  const kills = { server: 0, database: 0 };
  let late = 0;
  await server.start();
  const hosts: FakeAgent[] = [];
  for (let host = 0; host < HOSTS; host += 1) hosts.push(await enrolledHost(server, ledger, `host-${host}`));

  const traffic = { over: false };
  const reporting = hosts.map((host, place) => keepReporting(host, ledger, traffic, seededRandom(seed + place + 1)));
  const administering = keepAdministering(server, ledger, traffic);
  const work = new OpenWork(server.database);
  const goesOn = (blow: number): boolean =>
    kills.server + kills.database < wanted && blow < wanted * BLOWS_PER_KILL_MAX && signal?.aborted !== true;
  for (let blow = 0; goesOn(blow); blow += 1) {
    await pause(random() * KILL_AFTER_MS_MAX);
    const victims = victimsOf(blow);
    const open = await strike(server, work, victims);
    if (open) for (const victim of victims) kills[victim] += 1;
    else late += victims.length;
    say(
      `${kills.server + kills.database} of ${wanted}: ${victims.join(' and ')}${open ? '' : ', no transaction open'}`,
    );
  }
  traffic.over = true;
  await Promise.all([...reporting, administering]);
  await work.close();
  return { server, ledger, kills, late };
}

type Victim = keyof Survival['kills'];

function victimsOf(blow: number): readonly Victim[] {
  if (blow % BOTH_EVERY === BOTH_EVERY - 1) return ['server', 'database'];
  return [blow % 2 === 0 ? 'server' : 'database'];
}

/** Kills, gets everything up again, and says whether a transaction was open at that moment. */
async function strike(server: ServerProcess, work: OpenWork, victims: readonly Victim[]): Promise<boolean> {
  // Looked for before: between the look at the transactions and the blow there must be nothing to wait for.
  const database = victims.includes('database') ? await server.databaseProcesses() : [];
  const open = await work.wait();
  if (database.length > 0) await server.killDatabase(database);
  if (victims.includes('server')) {
    await server.killServer();
    await server.start();
  }
  await server.ready();
  return open;
}

async function enrolledHost(server: ServerProcess, ledger: Ledger, name: string): Promise<FakeAgent> {
  const created = await persist(ledger, async () =>
    Token.parse(expectOk(await server.local('POST', '/api/v1/enrollment-tokens', { note: name }))),
  );
  ledger.tokens.push(created.id);
  const host = new FakeAgent(server.agentsPort, name);
  const { assetId } = await persist(ledger, async () => expectOk(await host.enroll(created.token)));
  ledger.reports.set(assetId, []);
  return host;
}

const Token = z.object({ id: z.string(), token: z.string() });

async function keepReporting(
  host: FakeAgent,
  ledger: Ledger,
  traffic: { readonly over: boolean },
  random: () => number,
): Promise<void> {
  const tried = ledger.reports.get(host.identity?.assetId ?? '') ?? [];
  let last = false;
  for (let turn = 0; !last; turn += 1) {
    last = traffic.over;
    // Every report is one of its kind, so that what is stored tells which it was.
    const report = inventory({ hostname: `${host.hostname}-${turn}`, packages: PACKAGES, seed: String(turn % 7) });
    const hashes = Object.fromEntries(Object.entries(addressed(report)).map(([name, { hash }]) => [name, hash]));
    const attempt = { hashes, acknowledged: false };
    tried.push(attempt);
    while (!attempt.acknowledged) {
      try {
        await host.report(report);
        attempt.acknowledged = true;
      } catch (error) {
        noteSurprise(ledger, error);
        if (!last && random() < GIVE_UP_SHARE) break;
        host.disconnect();
        await pause(RETRY_MS);
      }
    }
  }
}

const AssetAnswer = z.object({ id: z.string(), version: z.number() });

async function keepAdministering(
  server: ServerProcess,
  ledger: Ledger,
  traffic: { readonly over: boolean },
): Promise<void> {
  for (let turn = 0; !traffic.over; turn += 1) {
    const assets = [...ledger.reports.keys()];
    const assetId = assets[turn % assets.length] ?? '';
    await changeTag(server, ledger, assetId, `turn-${turn}`);
    if (turn % 20 === 19) await enrolledHost(server, ledger, `late-${turn}`);
  }
}

/** As a person does: looks, changes, and where the answer was lost looks again before trying once more. */
async function changeTag(server: ServerProcess, ledger: Ledger, assetId: string, tag: string): Promise<void> {
  const url = `/api/v1/assets/${assetId}`;
  await persist(ledger, async () => {
    const { version } = AssetAnswer.parse(expectOk(await server.local('GET', url)));
    const changed = AssetAnswer.parse(expectOk(await server.local('PATCH', url, { version, tags: [tag] })));
    // The same tag again, after a lost answer, changes nothing and keeps the version of the change that was made.
    ledger.changes.push({ assetId, version: changed.version, tag });
  });
}

async function persist<T>(ledger: Ledger, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      noteSurprise(ledger, error);
      await pause(RETRY_MS);
    }
  }
}

/** A broken line, a database that is gone and a server that starts are what kills look like; nothing else is. */
const EXPECTED_CODES = new Set(['database-gone', 'shutting-down']);

function noteSurprise(ledger: Ledger, error: unknown): void {
  if (error instanceof CutOffError) return;
  if (error instanceof RefusedError && EXPECTED_CODES.has(error.code)) return;
  // Of the operating system: refused, reset, no socket yet.
  if (!(error instanceof RefusedError) && codeOf(error)?.startsWith('E') === true) return;
  ledger.surprises.push(error instanceof Error ? error.message : String(error));
}

/** mulberry32: small, seeded, good enough to choose moments. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

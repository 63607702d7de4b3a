import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import type { FakeAgent } from '../../packages/server/src/1-identification/testing/fake-agent.ts';
import { addressed } from '../../packages/server/src/1-identification/testing/inventories.ts';
import { CHANGED_PACKAGES, realAdvisories, realHost, upgraded } from '../agent-host.ts';
import { percentile } from '../api/percentile.ts';
import { BenchError } from '../bench-error.ts';
import { type CpuTime, type LiveHouse, openLiveHouse } from '../live-house.ts';

const AGENTS = 20;
/** Together: with some milliseconds for each, and processor time told in hundredths of a second. */
const UNCHANGED = 4_000;
const UNCHANGED_WARM_UP = 400;
const CHANGED = 40;
const CHANGED_WARM_UP = 10;
/** What the promise says of each. */
const UNCHANGED_SERVER_MS_MAX = 2;
const CHANGED_MS_MAX = 60;
/** Between two looks whether a report is judged: short beside what is measured. */
const LOOK_MS = 2;
const VISIBLE_MS_MAX = 60_000;
/** Nothing ran for so long: what follows from the reports is done. */
const QUIET_MS = 1_000;
const QUIET_CPU_MS = 30;
const QUIET_LOOKS_MAX = 120;

interface CpuFigure {
  readonly count: number;
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
}

export interface CheckInFigures {
  readonly packages: number;
  readonly agents: number;
  readonly cores: number;
  readonly load: { readonly before: number; readonly after: number };
  /** Processor time for each. */
  readonly unchanged: CpuFigure & { readonly limitMs: number; readonly withinLimit: boolean };
  readonly changed: {
    readonly count: number;
    readonly changedPackages: number;
    /** From the first byte that the agent sends to when lists show the report as judged. */
    readonly visible: { readonly p50Ms: number; readonly p95Ms: number; readonly maxMs: number };
    /** Of it, until the check-in is accepted. */
    readonly accepted: { readonly p50Ms: number; readonly p95Ms: number };
    /** For each, with everything that follows from it: judging, assessing, counting. */
    readonly cpu: CpuFigure;
    readonly limitMs: number;
    readonly withinLimit: boolean;
  };
}

interface Asked {
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What reports cost: real hosts over mutual TLS, against the server as it runs. // an unchanged host writes one row */
export async function benchCheckIn({ said, signal }: Asked): Promise<CheckInFigures> {
  const host = realHost('host-0');
  const advisories = realAdvisories();
  const house = await openLiveHouse(async () => undefined, said);
  try {
    await importAdvisories(house, advisories);
    const agents = await enrollAll(house, host);
    await untilQuiet(house);
    const before = loadNow();
    said(`${agents.length} hosts of ${host.packages.packages.length} packages have reported`);
    const unchanged = await measureUnchanged(house, agents, host, signal);
    said(`unchanged: ${unchanged.serverCpuMs} ms of the server, ${unchanged.postgresCpuMs} ms of PostgreSQL each`);
    const changed = await measureChanged(house, agents[0], host, signal);
    return {
      packages: host.packages.packages.length,
      agents: agents.length,
      cores: availableParallelism(),
      load: { before, after: loadNow() },
      unchanged: {
        ...unchanged,
        ...{ limitMs: UNCHANGED_SERVER_MS_MAX, withinLimit: unchanged.serverCpuMs < UNCHANGED_SERVER_MS_MAX },
      },
      changed,
    };
  } finally {
    await house.close();
  }
}

async function importAdvisories({ url, cookie }: LiveHouse, bytes: Uint8Array): Promise<void> {
  const response = await fetch(`${url}/api/v1/feeds/debian-osv/import`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  });
  if (!response.ok) throw new BenchError(`the feed is refused: ${await response.text()}`, 'see the server');
}

async function enrollAll(house: LiveHouse, host: InventorySections): Promise<FakeAgent[]> {
  const agents: FakeAgent[] = [];
  for (let at = 0; at < AGENTS; at += 1) {
    const agent = await house.enroll(`host-${at}`);
    await agent.report(hostOf(host, at));
    agents.push(agent);
  }
  return agents;
}

function hostOf(host: InventorySections, at: number): InventorySections {
  return { ...host, system: { ...host.system, hostname: `host-${at}` } };
}

async function measureUnchanged(
  house: LiveHouse,
  agents: readonly FakeAgent[],
  host: InventorySections,
  signal: AbortSignal,
): Promise<CpuFigure> {
  const sections = agents.map((_, at) => addressed(hostOf(host, at)));
  const all = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += agents.length) {
      signal.throwIfAborted();
      const answers = await Promise.all(
        agents.map((agent, at) => {
          const own = sections[at];
          if (own === undefined) throw new TypeError('each agent has its sections');
          return agent.checkIn(own);
        }),
      );
      if (answers.some(({ status, body }) => status !== 200 || !body.accepted)) {
        throw new BenchError('an unchanged check-in was not accepted', 'see the server');
      }
    }
  };
  await all(UNCHANGED_WARM_UP);
  await untilQuiet(house);
  const before = await house.cpu();
  await all(UNCHANGED);
  return spent(before, await house.cpu(), UNCHANGED);
}

function spent(before: CpuTime, after: CpuTime, count: number): CpuFigure {
  return {
    count,
    serverCpuMs: rounded((after.serverMs - before.serverMs) / count),
    postgresCpuMs: rounded((after.postgresMs - before.postgresMs) / count),
  };
}

async function measureChanged(
  house: LiveHouse,
  agent: FakeAgent | undefined,
  host: InventorySections,
  signal: AbortSignal,
): Promise<CheckInFigures['changed']> {
  if (agent === undefined) throw new TypeError('there are agents');
  for (let round = 1; round <= CHANGED_WARM_UP; round += 1) await untilVisible(house, agent, upgraded(host, round));
  const taken: Taken[] = [];
  for (let round = 1; round <= CHANGED; round += 1) {
    signal.throwIfAborted();
    await untilQuiet(house);
    taken.push(await untilVisible(house, agent, upgraded(host, CHANGED_WARM_UP + round)));
  }
  await untilQuiet(house);
  // Without anybody who looks: looking costs, too.
  const before = await house.cpu();
  for (let round = 1; round <= CHANGED; round += 1) {
    signal.throwIfAborted();
    await agent.report(upgraded(host, CHANGED_WARM_UP + CHANGED + round));
  }
  const after = await untilQuiet(house);
  const visible = taken.map(({ visibleMs }) => visibleMs);
  const accepted = taken.map(({ acceptedMs }) => acceptedMs);
  const p50Ms = rounded(percentile(visible, 0.5));
  return {
    count: CHANGED,
    changedPackages: CHANGED_PACKAGES,
    visible: { p50Ms, p95Ms: rounded(percentile(visible, 0.95)), maxMs: rounded(percentile(visible, 1)) },
    accepted: { p50Ms: rounded(percentile(accepted, 0.5)), p95Ms: rounded(percentile(accepted, 0.95)) },
    cpu: spent(before, after, CHANGED),
    ...{ limitMs: CHANGED_MS_MAX, withinLimit: p50Ms < CHANGED_MS_MAX },
  };
}

interface Taken {
  readonly acceptedMs: number;
  readonly visibleMs: number;
}

/** Reports, and looks at the asset until it shows this very set, judged. */
async function untilVisible({ client }: LiveHouse, agent: FakeAgent, sections: InventorySections): Promise<Taken> {
  const id = agent.identity?.assetId ?? '';
  const sent = addressed(sections);
  const { hash } = sent.packages;
  const began = performance.now();
  await agent.reportSections(sent);
  const acceptedMs = performance.now() - began;
  for (;;) {
    const { packageSet, judged, findings } = await client('asset.show', { params: { id } });
    const visibleMs = performance.now() - began;
    if (packageSet === hash && judged.kind === 'judged' && findings !== null) return { acceptedMs, visibleMs };
    if (visibleMs > VISIBLE_MS_MAX) throw new BenchError('a report is not judged within a minute', 'see the server');
    await pause(LOOK_MS);
  }
}

async function untilQuiet(house: LiveHouse): Promise<CpuTime> {
  let before = await house.cpu();
  for (let look = 0; look < QUIET_LOOKS_MAX; look += 1) {
    await pause(QUIET_MS);
    const now = await house.cpu();
    const spentMs = now.serverMs - before.serverMs + now.postgresMs - before.postgresMs;
    if (spentMs <= QUIET_CPU_MS) return now;
    before = now;
  }
  throw new BenchError('the house does not come to rest', 'look at what the server does');
}

function loadNow(): number {
  return rounded(loadavg()[0] ?? 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

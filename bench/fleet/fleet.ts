import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Claim,
  type ClaimIndex,
  FleetIndex,
  indexClaims,
  isFinding,
  judge,
  orderOfScope,
} from '@patchsteward/core/1-identification';
import { percentile } from '../api/percentile.ts';
import { BenchError } from '../bench-error.ts';
import { diceOf } from '../dice.ts';
import { readBeside } from './read-beside.ts';
import type { RealFleet } from './real-fleet.ts';

const HOSTS = 100_000;
const PACKAGES = 500;
const VERSIONS = 50_000;
const SETS = 2_000;
/** Rounds of which the median counts. */
const ROUNDS = 9;
/** What the limits ask for. */
const ADVISORIES = 250;
const LIMITS = { evaluateCpuMs: 1_000, advisoryP99Ms: 50, rssMb: 300 } as const;
/** Versions that are judged the slow way as well. */
const CHECKED = 5_000;

export type FleetFigures = Awaited<ReturnType<typeof benchFleet>>;

interface Asked {
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A whole fleet judged anew, and who is affected by a new advisory, in memory. */
export async function benchFleet({ said, signal }: Asked) {
  said(`reading ${VERSIONS} versions of real sources`);
  const fleet = await readBeside(VERSIONS, signal);
  const dice = diceOf(1);
  const setOfHost = Uint32Array.from({ length: HOSTS }, () => Math.floor(dice() * SETS));
  const sets = Array.from({ length: SETS }, () => drawnSet(dice));

  said('building the index');
  const claims = indexClaims(fleet.claims);
  const [index, loadMs] = cpuOf(() => new FleetIndex(fleet.versions, sets));
  const [, compileMs] = cpuOf(() => index.tell(claims));

  collectGarbage();

  said('judging the fleet');
  const rounds = Array.from({ length: ROUNDS }, () => cpuOf(() => evaluated(index, setOfHost)));
  const counted = rounds[0]?.[0] ?? { pairs: 0, findings: 0 };

  said(`asking who is affected by ${ADVISORIES} advisories, one after the other`);
  const advisories = newestAdvisories(fleet.claims);
  const hosts = new Uint32Array(HOSTS);
  const asked = advisories.map((own) => timed(() => hostsOf(index, own, claims, setOfHost, hosts)));
  const times = asked.map(([, ms]) => ms);
  const affected = asked.map(([hosts]) => hosts.length);
  const rssMb = round(process.memoryUsage.rss() / 1024 / 1024);
  said('comparing with what is judged version by version');
  const checked = checkAgainstJudge(fleet, index);
  const evaluateCpuMs = round(
    percentile(
      rounds.map(([, ms]) => ms),
      0.5,
    ),
  );
  const advisoryP99Ms = round(percentile(times, 0.99));
  return {
    fleet: {
      hosts: HOSTS,
      packagesPerHost: PACKAGES,
      distinctVersions: fleet.versions.length,
      realVersions: fleet.real,
      sources: new Set(fleet.versions.map(({ source }) => source)).size,
      distinctSets: SETS,
      claims: fleet.claims.length,
    },
    load: { indexCpuMs: round(loadMs), compileClaimsCpuMs: round(compileMs) },
    evaluate: { cpuMs: evaluateCpuMs, rounds: ROUNDS, ...counted },
    checkedAgainstJudge: checked,
    advisory: {
      asked: advisories.length,
      p50Ms: round(percentile(times, 0.5)),
      p99Ms: advisoryP99Ms,
      hostsMin: affected.reduce((least, count) => Math.min(least, count), HOSTS),
      hostsMax: affected.reduce((most, count) => Math.max(most, count), 0),
    },
    rssMb,
    limits: LIMITS,
    withinLimits: evaluateCpuMs < LIMITS.evaluateCpuMs && advisoryP99Ms < LIMITS.advisoryP99Ms && rssMb < LIMITS.rssMb,
  };

  function drawnSet(draw: () => number): Uint32Array {
    const drawn = new Set<number>();
    while (drawn.size < PACKAGES) drawn.add(Math.floor(draw() * fleet.versions.length));
    return Uint32Array.from(drawn);
  }
}

/** Everything anew: every pair of version and vulnerability, what each set has of them, and each host by its set. */
function evaluated(index: FleetIndex, setOfHost: Uint32Array) {
  const ofVersion = new Uint32Array(VERSIONS);
  let pairs = 0;
  index.evaluate((_, numbers) => {
    pairs += numbers.length;
    for (const number of numbers) ofVersion[number] = (ofVersion[number] ?? 0) + 1;
  });
  const ofSet = index.sumOfSets(ofVersion);
  let findings = 0;
  for (const set of setOfHost) findings += ofSet[set] ?? 0;
  return { pairs, findings };
}

/** The hosts that have anything of what an advisory names, as if it had come just now. */
function hostsOf(
  index: FleetIndex,
  own: readonly Claim[],
  claims: ClaimIndex,
  setOfHost: Uint32Array,
  hosts: Uint32Array,
): Uint32Array {
  const named = new Set(own.map(({ vulnerability }) => vulnerability));
  const isAffected = new Uint8Array(SETS);
  for (const { scope, packageName } of new Map(own.map((claim) => [claim.packageName, claim])).values()) {
    const affected = index.tellOf(scope, packageName, named, claims);
    for (const set of index.setsWith(affected)) isAffected[set] = 1;
  }
  let found = 0;
  for (let host = 0; host < setOfHost.length; host++) {
    if (isAffected[setOfHost[host] ?? 0] === 1) hosts[found++] = host;
  }
  return hosts.subarray(0, found);
}

function newestAdvisories(claims: readonly Claim[]): (readonly Claim[])[] {
  const byAdvisory = [...Map.groupBy(claims, ({ advisory }) => advisory).values()];
  return byAdvisory
    .toSorted((one, other) => (other[0]?.published ?? 0) - (one[0]?.published ?? 0))
    .slice(0, ADVISORIES);
}

/** The same answer as `judge`, version by version; anything else is no figure. */
function checkAgainstJudge({ versions, claims }: RealFleet, index: FleetIndex) {
  const byVersion = Array.from({ length: versions.length }, (): string[] => []);
  index.evaluate(({ vulnerability }, numbers) => {
    for (const number of numbers) byVersion[number]?.push(vulnerability);
  });
  const bySource = Map.groupBy(claims, ({ packageName }) => packageName);
  const step = Math.ceil(versions.length / CHECKED);
  let findings = 0;
  let checked = 0;
  for (let number = 0; number < versions.length; number += step) {
    const version = versions[number];
    const order = orderOfScope(version?.scope ?? '');
    if (version === undefined || order === null || !order.isValid(version.sourceVersion)) continue;
    const slow = judge(version, bySource.get(version.source) ?? [], order)
      .filter(isFinding)
      .map(({ vulnerability }) => vulnerability);
    const fast = (byVersion[number] ?? []).toSorted();
    if (fast.join(' ') !== slow.join(' ')) {
      const name = `${version.source} ${version.sourceVersion}`;
      throw new BenchError(`${name} is affected by other than judge says`, 'this is a defect of the index: report it');
    }
    findings += slow.length;
    checked += 1;
  }
  return { versions: checked, findings };
}

/** What building the index left behind is given back once, as a server gives it back while it has nothing to do. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // The second round gives back the pages that the first one emptied.
  for (let round = 0; typeof collect === 'function' && round < 2; round++) collect();
}

function cpuOf<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return [value, (user + system) / 1_000];
}

function timed<T>(work: () => T): [T, number] {
  const began = performance.now();
  const value = work();
  return [value, performance.now() - began];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The figures for a reader. */
export function fleetTable({ fleet, load, evaluate, advisory, rssMb, withinLimits }: FleetFigures): string {
  return [
    `${fleet.hosts} hosts of ${fleet.packagesPerHost} packages in ${fleet.distinctSets} sets; ${fleet.distinctVersions} versions of ${fleet.sources} sources`,
    `index ${load.indexCpuMs} ms, claims ${load.compileClaimsCpuMs} ms (CPU, once)`,
    `the fleet judged anew: ${evaluate.cpuMs} ms of one core, ${evaluate.findings} findings`,
    `a new advisory to its hosts: p50 ${advisory.p50Ms} ms, p99 ${advisory.p99Ms} ms over ${advisory.asked}`,
    `memory ${rssMb} MB`,
    withinLimits ? 'Within the limits.' : 'A limit is missed.',
  ].join('\n');
}

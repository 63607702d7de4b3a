import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { percentile } from '../api/percentile.ts';
import { BenchError } from '../bench-error.ts';
import { type Compared, compared } from './compared.ts';
import { drawnHosts } from './drawn-hosts.ts';
import { measureOurs, readAnswers, writeFleet } from './ours.ts';
import { debsecanVersion, measurePeer, PEER_RUNS, SUITE } from './peer.ts';
import { peerDataOf } from './peer-data.ts';

const HOSTS = 100_000;
const SETS = 2_000;
/** Hosts that debsecan judges, the real one first. */
const PEER_HOSTS = 9;
const TIMES_LESS = 300;

export type DebsecanFigures = Awaited<ReturnType<typeof benchDebsecan>>;

interface Asked {
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Debian's own judge of one host, and ours of a fleet, from the same data of the tracker and the same hosts. */
export async function benchDebsecan({ said, signal }: Asked) {
  const version = await debsecanVersion();
  const data = dataFolder();
  const folder = await mkdtemp(join(tmpdir(), 'patchsteward-bench-'));
  try {
    const before = loadNow();
    said(`drawing ${SETS} sets of packages from a real host`);
    const hosts = drawnHosts(data, SETS);
    const tracker = join(data, 'debian/tracker-shaped.json.gz');
    const peerData = peerDataOf(JSON.parse(gunzipSync(readFileSync(tracker)).toString('utf8')), SUITE);
    writeFileSync(join(folder, SUITE), peerData.bytes);
    const peers = hosts.slice(0, PEER_HOSTS);

    said(`debsecan on ${PEER_HOSTS} hosts, ${PEER_RUNS} times each`);
    const peer = await measurePeer(folder, peers, signal);
    writeFleet(folder, hosts);
    const fleet = await measureOurs(folder, { tracker, hosts: HOSTS, sets: SETS, said, signal });
    // As if no two hosts were alike: what sharing gains is told apart from the rest.
    const unlike = await measureOurs(folder, { tracker, hosts: SETS, sets: SETS, said, signal });

    said('comparing the answers');
    const answers = await readAnswers(join(folder, 'answers'), PEER_HOSTS);
    const differences = peers.map((records, at) => {
      const sourceOf = new Map(records.map(({ installed }) => [installed.name, installed.source]));
      return compared(peer.findings[at] ?? new Set(), answers[at] ?? new Set(), (pair) => {
        const [vulnerability = '', name = ''] = pair.split(' ');
        return peerData.unimportant.has(`${sourceOf.get(name)} ${vulnerability}`);
      });
    });
    refuseUnexplained(differences);
    const peerCpuMs = rounded(percentile(peer.cpuMs, 0.5));
    const ratio = rounded(peerCpuMs / fleet.cpuMsPerHost);
    return {
      ...{ cores: availableParallelism(), load: { before, after: loadNow() } },
      debsecan: {
        ...{ version, rows: peerData.rows, hosts: PEER_HOSTS, runsEach: PEER_RUNS, cpuMsPerHost: peerCpuMs },
        counts:
          'Python starting, the data of the tracker unpacked and read, the status file read, each finding printed',
      },
      fleet: {
        ...fleet,
        counts:
          'Node.js starting, the JSON of the tracker read, every set read as reported, all judged, the findings of each set and the count of each host written',
      },
      ...{ ratio, ratioWanted: TIMES_LESS, withinLimits: ratio >= TIMES_LESS },
      everyHostUnlike: { ...unlike, ratio: rounded(peerCpuMs / unlike.cpuMsPerHost) },
      compared: {
        hosts: differences.length,
        pairs: sum(differences.map(({ pairs }) => pairs)),
        differences: {
          'no security issue, says the tracker: debsecan lists it, we do not': sum(
            differences.map(({ unimportant }) => unimportant),
          ),
          unexplained: 0,
        },
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function dataFolder(): string {
  const data = resolve(import.meta.dirname, '../..', process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data');
  if (existsSync(join(data, 'debian/tracker-shaped.json.gz'))) return data;
  throw new BenchError(
    `there is no data of the tracker in ${data}`,
    'set PATCHSTEWARD_TEST_DATA to the folder with it',
  );
}

/** A ratio of unequal work is no figure. */
function refuseUnexplained(differences: readonly Compared[]): void {
  const unexplained = differences.flatMap((one) => one.unexplained);
  const [first] = unexplained;
  if (first === undefined) return;
  throw new BenchError(
    `${unexplained.length} answers differ for no known reason, as ${first}`,
    'this is a defect of one of the two: report it',
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function loadNow(): number {
  return rounded(loadavg()[0] ?? 0);
}

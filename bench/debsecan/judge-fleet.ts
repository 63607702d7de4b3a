import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { FleetIndex, indexClaims, type SourceVersion } from '@patchsteward/core/1-identification';
import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { parseAdvisories } from '@patchsteward/feeds';

/** Every host is of this release. */
const SCOPE = 'debian:12';
/** Bytes of answers that wait for the disk at most. */
const WAITING_BYTES_MAX = 1 << 22;

/** This file, for whoever starts it. */
export const JUDGE_FLEET = import.meta.filename;

/** The binary packages of a set, by the number of the source version that they are built from. */
interface JudgedSet {
  readonly packages: readonly string[];
  readonly versions: Uint32Array;
}

/**
 * The whole work of judging a fleet anew, from the first byte read to the last written, in a process of its own: the
 * data of the tracker, each package set as its hosts reported it (a line of JSON), which set each host has; then for each
 * set the lines that debsecan prints (`CVE-… package`), and for each host its set and how many lines these are.
 */
async function judgeFleet([tracker, sets, hosts, answers]: readonly string[]): Promise<void> {
  const claims = indexClaims(parseAdvisories('debian-tracker', readFileSync(tracker ?? '')).claims);
  const versions: SourceVersion[] = [];
  const read = await readSets(sets ?? '', versions);
  const index = new FleetIndex(versions, []);
  index.tell(claims);
  const found = versions.map((): string[] => []);
  index.evaluate(({ vulnerability }, numbers) => {
    for (const number of numbers) found[number]?.push(vulnerability);
  });
  await writeAnswers(answers ?? '', read, found, readFileSync(hosts ?? ''));
}

async function readSets(path: string, versions: SourceVersion[]): Promise<JudgedSet[]> {
  const numbers = new Map<string, number>();
  const numberOf = ({ source, sourceVersion }: InstalledPackage): number => {
    const name = `${source} ${sourceVersion}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, versions.length);
    return versions.push({ scope: SCOPE, source, sourceVersion }) - 1;
  };
  const sets: JudgedSet[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const packages = packagesOf(line);
    sets.push({ packages: packages.map(({ name }) => name), versions: Uint32Array.from(packages, numberOf) });
  }
  return sets;
}

/** What this bench wrote itself. */
function packagesOf(line: string): readonly InstalledPackage[] {
  return JSON.parse(line) as readonly InstalledPackage[];
}

async function writeAnswers(
  path: string,
  sets: readonly JudgedSet[],
  found: readonly (readonly string[])[],
  hosts: Uint8Array,
): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: WAITING_BYTES_MAX });
  const counts = new Uint32Array(sets.length);
  for (const [at, { packages, versions }] of sets.entries()) {
    const lines = packages.flatMap((name, place) =>
      (found[versions[place] ?? 0] ?? []).map((vulnerability) => `${vulnerability} ${name}`),
    );
    counts[at] = lines.length;
    if (!file.write(`set ${at}\n${lines.join('\n')}\n`)) await once(file, 'drain');
  }
  const setOfHost = new Uint32Array(hosts.buffer, hosts.byteOffset, hosts.byteLength / Uint32Array.BYTES_PER_ELEMENT);
  file.end(Array.from(setOfHost, (set, host) => `host ${host} set ${set}: ${counts[set]}\n`).join(''));
  await finished(file);
}

if (process.argv[1] === JUDGE_FLEET) await judgeFleet(process.argv.slice(2));

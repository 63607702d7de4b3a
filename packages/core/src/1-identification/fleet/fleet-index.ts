import type { ClaimIndex } from '../claim-index.ts';
import type { SourceVersion } from '../judgment.ts';
import { orderOfScope } from '../order-of-packages.ts';
import { placesSpeakingOf } from '../speaking-claims.ts';
import {
  type AffectedRun,
  affectedRuns,
  type Compiled,
  compileClaims,
  compiledAgain,
  type LineOfVersions,
  lineNameOf,
  lineOf,
} from './line-of-versions.ts';

type Claims = Pick<ClaimIndex, 'of'>;

interface JudgedLine {
  readonly line: LineOfVersions;
  compiled: Compiled;
}

/**
 * A fleet in memory: its distinct versions, each once however many hosts have it, in lines that rise; and the package
 * sets, which hosts share. It is told of claims, and answers what they mean for all of them at once, as `judge` would.
 */
export class FleetIndex {
  readonly #lines: readonly JudgedLine[];
  /** By release and name: the lines of which claims that stand there may speak. */
  readonly #byPlace: ReadonlyMap<string, readonly JudgedLine[]>;
  readonly #sets: readonly Uint32Array[];
  /** The sets of version n are #setsOf[#setsFrom[n]] up to #setsOf[#setsFrom[n + 1]]. */
  readonly #setsFrom: Uint32Array;
  readonly #setsOf: Uint32Array;

  /** `sets`: the numbers of the versions in each. Versions of which no order is known are never affected. */
  constructor(versions: readonly SourceVersion[], sets: readonly Uint32Array[]) {
    this.#lines = linesOf(versions);
    this.#byPlace = placesOf(this.#lines);
    this.#sets = sets;
    this.#setsFrom = startsOf(versions.length, sets);
    this.#setsOf = setsByVersion(this.#setsFrom, sets);
  }

  /** All claims there are. */
  tell(claims: Claims): void {
    for (const judged of this.#lines) judged.compiled = compileClaims(judged.line, claims);
  }

  /** What claims say of some vulnerabilities in one package changed: gives the versions that these affect now. */
  tellOf(scope: string, packageName: string, vulnerabilities: ReadonlySet<string>, claims: Claims): Set<number> {
    const about = (vulnerability: string) => vulnerabilities.has(vulnerability);
    const affected = new Set<number>();
    for (const judged of this.#byPlace.get(placeText(scope, packageName)) ?? []) {
      judged.compiled = compiledAgain(judged.line, judged.compiled, claims, about);
      for (const { from, to } of affectedRuns(judged.line, judged.compiled, about)) {
        for (const number of judged.line.numbers.subarray(from, to)) affected.add(number);
      }
    }
    return affected;
  }

  /** Judges everything anew: `said` is told each run of versions, by number, that a vulnerability affects. */
  evaluate(said: (run: AffectedRun, numbers: Uint32Array) => void): void {
    for (const { line, compiled } of this.#lines) {
      for (const run of affectedRuns(line, compiled)) said(run, line.numbers.subarray(run.from, run.to));
    }
  }

  /** Of each set how much its versions count together. */
  sumOfSets(ofVersion: Uint32Array): Uint32Array {
    return Uint32Array.from(this.#sets, (set) => {
      let sum = 0;
      for (const number of set) sum += ofVersion[number] ?? 0;
      return sum;
    });
  }

  /** The sets that hold any of these versions. */
  setsWith(numbers: Iterable<number>): Set<number> {
    const sets = new Set<number>();
    for (const number of numbers) {
      for (const set of this.#setsOf.subarray(this.#setsFrom[number], this.#setsFrom[number + 1])) sets.add(set);
    }
    return sets;
  }
}

function linesOf(versions: readonly SourceVersion[]): JudgedLine[] {
  const named = versions.map((version, number) => ({ version, number }));
  const groups = Map.groupBy(named, ({ version }) => lineNameOf(version));
  return [...groups.values()].flatMap((group) => {
    const order = orderOfScope(group[0]?.version.scope ?? '');
    if (order === null) return [];
    const valid = group.filter(({ version }) => order.isValid(version.sourceVersion));
    return [{ line: lineOf(valid, order), compiled: { kind: 'spans', spans: [] } }];
  });
}

function placesOf(lines: readonly JudgedLine[]): ReadonlyMap<string, readonly JudgedLine[]> {
  const places = new Map<string, JudgedLine[]>();
  for (const judged of lines) {
    const [version] = judged.line.versions;
    for (const { scope, name } of version === undefined ? [] : placesSpeakingOf(version)) {
      const text = placeText(scope, name);
      const known = places.get(text);
      if (known === undefined) places.set(text, [judged]);
      else known.push(judged);
    }
  }
  return places;
}

/** Neither a scope nor the name of a package contains a space. */
function placeText(scope: string, packageName: string): string {
  return `${scope} ${packageName}`;
}

function startsOf(versions: number, sets: readonly Uint32Array[]): Uint32Array {
  const starts = new Uint32Array(versions + 1);
  for (const set of sets) for (const number of set) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  return starts;
}

function setsByVersion(starts: Uint32Array, sets: readonly Uint32Array[]): Uint32Array {
  const next = Uint32Array.from(starts);
  const byVersion = new Uint32Array(starts.at(-1) ?? 0);
  for (const [at, set] of sets.entries()) {
    for (const number of set) {
      const place = next[number] ?? 0;
      byVersion[place] = at;
      next[number] = place + 1;
    }
  }
  return byVersion;
}

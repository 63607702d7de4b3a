import type { LanePolicy } from '../policy/index.ts';
import type { PackageChange } from './change.ts';
import type { PackagePair, PlanAsset, PlanFacts, ProvenPair } from './facts.ts';
import { productChange } from './manual-leaf.ts';

/** What would change on an asset, by its agent or by a person. */
export function changesOf({
  manual,
  transaction,
}: Pick<PlanAsset, 'manual' | 'transaction'>): readonly PackageChange[] {
  return manual === undefined ? (transaction?.changes ?? []) : [productChange(manual)];
}

/** What an asset's work order does, pair by pair. */
export function pairsOf(asset: Pick<PlanAsset, 'scope' | 'manual' | 'transaction'>): PackagePair[] {
  const { scope } = asset;
  return changesOf(asset).map(({ name, architecture, from, to }) => ({
    name,
    architecture,
    from,
    to,
    scope,
  }));
}

/** `curl 7.88.1-10 -> 7.88.1-11 (amd64, debian:12)`; also what makes two pairs the same one. */
export function pairText({ name, architecture, from, to, scope }: PackagePair): string {
  return `${name} ${from ?? 'new'} -> ${to ?? 'removed'} (${architecture}, ${scope})`;
}

/** What the ring says, and what people accepted without it. */
export class Evidence {
  readonly #proven: ReadonlyMap<string, ProvenPair>;
  readonly #accepted: ReadonlySet<string>;
  readonly #hostsMin: number;

  constructor({ proven, acceptedUntested }: Pick<PlanFacts, 'proven' | 'acceptedUntested'>, lane: LanePolicy) {
    this.#proven = new Map(proven.map((pair) => [pairText(pair), pair]));
    this.#accepted = new Set(acceptedUntested.map(pairText));
    this.#hostsMin = lane.provenHostsMin;
  }

  /** Enough hosts verified it, or all where these are fewer; one that failed on a small ring speaks against it. */
  isProven(pair: PackagePair): boolean {
    const { tried = 0, verified = 0 } = this.#proven.get(pairText(pair)) ?? {};
    return verified > 0 && verified >= Math.min(this.#hostsMin, tried);
  }

  isEligible(pair: PackagePair): boolean {
    return this.isProven(pair) || this.#accepted.has(pairText(pair));
  }

  isRehearsed(pair: PackagePair): boolean {
    return this.isProven(pair) && this.#proven.get(pairText(pair))?.rehearsed === true;
  }

  /** Clean hosts behind the weakest of these pairs. */
  cleanHosts(pairs: readonly PackagePair[]): number {
    // One after the other: a large fleet has more pairs than one call takes arguments.
    const least = pairs.reduce(
      (fewest, pair) => Math.min(fewest, this.#proven.get(pairText(pair))?.verified ?? 0),
      Number.POSITIVE_INFINITY,
    );
    return pairs.length === 0 ? 0 : least;
  }
}

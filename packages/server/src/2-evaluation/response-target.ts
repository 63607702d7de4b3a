import type { ExceptionTarget } from '@patchsteward/contract';
import {
  assess,
  type FindingFacts,
  hasBegun,
  type ResponseBasis,
  type ResponseTerms,
  strictestLane,
  unsaidLane,
} from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { AssetFacts, Instant, Lane } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';

/** An asset that fits what was named, with what was found on it. */
export interface TargetAsset {
  readonly assetId: string;
  readonly asset: AssetFacts;
  readonly findings: readonly FindingFacts[];
}

/** Given by whoever knows step 1: rooms do not see each other. At most `limit` assets. */
export type FindTargets = (reader: Reader, target: ExceptionTarget, limit: number) => Promise<TargetAsset[]>;

/** A finding that a response answers for, as it was then; '' stands for anything. */
export interface CoveredFinding {
  readonly assetId: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly lane: Lane;
  readonly exploited: boolean;
  readonly fixless: boolean;
}

export interface Covered {
  readonly covered: readonly CoveredFinding[];
  readonly basis: ResponseBasis;
  /** What fits as it was found, with the strictest lane that is known of it. */
  readonly found: readonly FittingFinding[];
}

export interface FittingFinding {
  readonly assetId: string;
  readonly asset: AssetFacts;
  readonly finding: FindingFacts;
  readonly lane: Lane;
}

/** What the terms would answer for on these assets. */
export function coveredBy(
  assets: readonly TargetAsset[],
  target: ExceptionTarget,
  kind: ResponseTerms['kind'],
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Covered {
  const fits = fitting(target);
  const judged = assets.flatMap(({ assetId, asset, findings }) =>
    findings
      .filter((finding) => hasBegun(finding, now) && fits(finding))
      .map((finding) => {
        const { lane, due } = assess(finding, asset, policy, now);
        // Whoever was raised by Security is answered for as what it is, and as what it would be without.
        const strictest = strictestLane([lane, unsaidLane(finding, asset, policy, now).lane]);
        return { due, found: { assetId, asset, finding, lane: strictest } };
      }),
  );
  const found = judged.map((one) => one.found);
  const covered = found.map(coveredFinding);
  const basis: ResponseBasis = {
    findings: judged.length,
    assets: new Set(covered.map(({ assetId }) => assetId)).size,
    lane: strictestLane(covered.map(({ lane }) => lane)),
    due: judged.reduce<Instant | null>((first, { due }) => (first === null ? due : Math.min(first, due)), null),
    exploited: covered.filter(({ exploited }) => exploited).length,
    fixless: covered.filter(({ fixless }) => fixless).length,
  };
  if (kind !== 'avoid') return { covered, basis, found };
  // What is out of service is out of it with whatever is found on it.
  const whole = assets.map(({ assetId }) => wholeAsset(assetId));
  return { covered: whole, basis: { ...basis, assets: assets.length }, found };
}

function fitting({ vulnerabilities, sources }: ExceptionTarget): (finding: FindingFacts) => boolean {
  const named = new Set(vulnerabilities);
  const of = new Set(sources);
  return ({ subject, source }) =>
    (named.size === 0 || named.has(subject)) && (of.size === 0 || (source !== undefined && of.has(source)));
}

function coveredFinding({ assetId, finding, lane }: FittingFinding): CoveredFinding {
  const { subject, source = '', fixed, intelligence } = finding;
  const exploited = intelligence !== null && intelligence.knownExploited !== null;
  return { assetId, vulnerability: subject, source, lane, exploited, fixless: fixed === null };
}

function wholeAsset(assetId: string): CoveredFinding {
  return { assetId, vulnerability: '', source: '', lane: 'emergency', exploited: true, fixless: false };
}

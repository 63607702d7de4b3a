import {
  exposedFindings,
  type Finding,
  isKernelSource,
  publicSupportEnd,
  scopeOfRelease,
  type UnsupportedPackage,
} from '@patchsteward/core/1-identification';
import { type EvaluationFacts, platformFacts } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';
import { type Evidence, type Report, readEvidence } from './evidence.ts';
import { type ReportedAsset, readReportedAsset } from './evidence-store.ts';
import { unjudgedReason } from './judged.ts';
import { readLifecycles } from './lifecycle-store.ts';
import { readUnsupported } from './package-support-store.ts';
import { readStoredSection } from './section-store.ts';

/**
 * What step 2 needs of step 1, asset by asset; null where judging has yet to catch up, and wishes for step 2 by itself. Assets with the same packages and offers come one after the other, so the
 * evidence of the last one is kept: it is what costs.
 */
export function evidenceForEvaluation() {
  let kept: Kept | null = null;
  return async (tx: Reader, assetId: string) => {
    const asset = await readReportedAsset(tx, assetId);
    if (asset === undefined || asset.report === null || asset.report.countNeeded) return null;
    const { report } = asset;
    const key = `${keyOf(report)} ${asset.supportScope}`;
    kept = kept?.key === key ? kept : { key, ...(await readKept(tx, report, asset.supportScope)) };
    return presented(asset, report, kept, await exposedTo(tx, report, kept.evidence));
  };
}

interface Kept {
  readonly key: string;
  readonly evidence: Evidence;
  /** Of the platform, or of the product that it is; null: no source dates it. */
  readonly supportEnds: Instant | null;
  /** Packages on it that get no fixes, whenever that began or begins. */
  readonly unsupported: readonly UnsupportedPackage[];
}

async function readKept(reader: Reader, report: Report, supportScope: string | null): Promise<Omit<Kept, 'key'>> {
  const evidence = await readEvidence(reader, report, false);
  const lifecycles = await readLifecycles(reader, scopeOfRelease(evidence.packageSet.release) ?? supportScope);
  // Which of them have ended is decided with the rest.
  const unsupported = await readUnsupported(reader, evidence.packageSet, { now: 0, warnMs: Number.MAX_SAFE_INTEGER });
  return { evidence, supportEnds: publicSupportEnd(lifecycles), unsupported };
}

function keyOf({ offerSetId, originsHash, packageSetId, revision, lingering }: Report): string {
  return `${packageSetId} ${revision} ${offerSetId} ${originsHash} ${JSON.stringify(lingering)}`;
}

/** Which kernel runs is of the asset alone; without anything of a kernel nobody asks. */
async function exposedTo(reader: Reader, { systemHash }: Report, { findings }: Evidence): Promise<readonly Finding[]> {
  if (!findings.some(({ source }) => isKernelSource(source))) return findings;
  return exposedFindings(findings, await readStoredSection(reader, 'system', systemHash));
}

function presented(
  asset: ReportedAsset,
  report: Report,
  { evidence, supportEnds, unsupported }: Kept,
  exposed: readonly Finding[],
) {
  const { packageSetId, revision, offerSetId } = report;
  const security = evidence.updates.filter(({ kind }) => kind === 'security').length;
  return {
    facts: factsOf(asset, evidence, exposed, { supportEnds, unsupported }),
    figures: figuresOf(evidence, exposed),
    securityUpdates: evidence.unanswered === null ? security : null,
    basis: { packageSetId, setRevision: revision, offerSetId, assetVersion: asset.version },
  };
}

function figuresOf(evidence: Evidence, exposed: readonly Finding[]) {
  const exploited = exposed.filter((one) => evidence.knowledgeOf(one).facts.intelligence?.knownExploited != null);
  return {
    findings: exposed.length,
    knownExploited: new Set(exploited.map(({ vulnerability }) => vulnerability)).size,
  };
}

function factsOf(
  asset: ReportedAsset,
  evidence: Evidence,
  exposed: readonly Finding[],
  { supportEnds, unsupported }: Pick<Kept, 'supportEnds' | 'unsupported'>,
): EvaluationFacts {
  const subject = asset.name;
  const platform = [
    ...(supportEnds === null ? [] : [platformFacts(evidence.packageSet.release, supportEnds)]),
    ...unsupported.flatMap(({ package: name, version, until }) =>
      until === null ? [] : [platformFacts({ prettyName: `${name} ${version}` }, until)],
    ),
  ];
  if (evidence.coverage.kind === 'judged' && evidence.judgedAt === null) {
    const reason = unjudgedReason(evidence.packageSet);
    return { subject, coverage: { kind: 'not-judged', reason }, findings: platform, asset };
  }
  // One vulnerability in one source version is one finding, in however many packages it arrives.
  const facts = new Set(exposed.map((finding) => evidence.knowledgeOf(finding).facts));
  return { subject, coverage: evidence.coverage, findings: [...facts, ...platform], asset };
}

import { type Finding, isIdle, type Update } from '@patchsteward/core/1-identification';
import { type Reason, sentenceOf } from '@patchsteward/core/vocabulary';
import type { LoadedAdvisories } from './scan-advisories.ts';
import type { Scan } from './scan-run.ts';

/** The scan as one JSON document. Where nothing was judged `findings` is null: never a list that looks clean. */
export function answerOf({ host, advisories, updates, identified }: Scan) {
  const { packageSet } = host;
  const judged = identified.kind === 'judged' ? identified : null;
  const exploited = advisories?.knownExploited ?? null;
  return {
    release: packageSet.release,
    packages: packageSet.packages.length,
    judged:
      identified.kind === 'judged'
        ? { kind: identified.kind, scope: identified.scope, sources: identified.sources }
        : { kind: identified.kind, reason: reasonBody(identified.reason) },
    advisories: advisories === null ? null : advisoriesBody(advisories),
    counts:
      judged === null
        ? null
        : { findings: judged.findings.length, ofIdleKernels: judged.findings.filter(isIdle).length },
    findings: judged?.findings.map((finding) => findingBody(finding, exploited)) ?? null,
    contested: judged?.contested.map((finding) => findingBody(finding, exploited)) ?? null,
    undecided: judged?.undecided.map((finding) => findingBody(finding, exploited)) ?? null,
    unjudged:
      judged?.unjudged.map(({ package: { name, version, architecture }, reason }) => ({
        package: name,
        installed: version,
        architecture,
        reason: reasonBody(reason),
      })) ?? null,
    updates: updates?.map(updateBody) ?? null,
  };
}

/** What the answer rests on. */
export function advisoriesBody({ files, advisories, quarantined, dataAsOf }: LoadedAdvisories) {
  const asOf = dataAsOf === null ? null : new Date(dataAsOf).toISOString();
  return { files, records: advisories, quarantined: quarantined.length, dataAsOf: asOf };
}

function findingBody(finding: Finding, exploited: ReadonlySet<string> | null) {
  const { package: name, architecture, installed, source, sourceVersion } = finding;
  const { vulnerability, advisory, fixed, status, why, offered, reasons } = finding;
  return {
    package: name,
    installed,
    source,
    vulnerability,
    advisory,
    fixed,
    why,
    architecture,
    sourceVersion,
    status,
    knownExploited: exploited?.has(vulnerability) ?? null,
    offered,
    reasons: reasons.map(reasonBody),
  };
}

function updateBody({ reasons, ...update }: Update) {
  return { ...update, reasons: reasons.map(reasonBody) };
}

export function reasonBody(reason: Reason) {
  return { code: reason.code, subject: reason.subject, clearableBy: reason.clearableBy, sentence: sentenceOf(reason) };
}

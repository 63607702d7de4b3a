import type { LosingClaim, Match } from '@patchsteward/core/1-identification';
import type { Matched } from './match-run.ts';
import { advisoriesBody, reasonBody } from './scan-answer.ts';

type Claim = LosingClaim['claim'];

/** The match as one JSON document. Where nothing was judged `findings` is null: never a list that looks clean. */
export function answerOf({ packages, advisories, matching, all }: Matched) {
  const body = (matches: readonly Match[]) => {
    if (matching.judged === 0) return null;
    return matches.map((match) => matchBody(match, advisories.knownExploited));
  };
  return {
    packages: {
      file: packages.path,
      format: packages.format,
      listed: packages.components.length,
      judged: matching.judged,
      scopes: matching.scopes,
      refused: packages.refused,
    },
    advisories: { ...advisoriesBody(advisories), quarantinedRecords: advisories.quarantined },
    findings: body(matching.findings),
    contested: body(matching.contested),
    undecided: body(matching.undecided),
    ...(all ? { cleared: body(matching.cleared) } : {}),
    unjudged: matching.unjudged.map(({ component: { type, name, version, architecture }, reason }) => ({
      type,
      package: name,
      installed: version,
      architecture,
      reason: reasonBody(reason),
    })),
  };
}

function matchBody(match: Match, exploited: ReadonlySet<string> | null) {
  const { type, scope, installed, source, sourceVersion, vulnerability, advisory, status, fixed, judgment } = match;
  return {
    type,
    package: match.package,
    installed,
    architecture: match.architecture === '' ? null : match.architecture,
    scope,
    source,
    sourceVersion,
    vulnerability,
    status,
    fixed,
    advisory,
    feed: match.feed,
    knownExploited: exploited?.has(vulnerability) ?? null,
    why: {
      sentence: match.why,
      winning: claimBody(judgment.winner),
      losing: judgment.losing.map(({ claim, because }) => ({ ...claimBody(claim), because })),
    },
    reasons: match.reasons.map(reasonBody),
  };
}

function claimBody({ feed, advisory, authority, status, ranges, modified, withdrawn }: Claim) {
  return { feed, advisory, authority, status, ranges, modified: timeOf(modified), withdrawn: timeOf(withdrawn) };
}

function timeOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

import type { Instant } from '../vocabulary/index.ts';
import type { FindingFacts } from './facts.ts';
import type { RiskAnswer } from './risk-answer.ts';

/** What a response speaks of on one asset; null: of any vulnerability, of any source package. */
export interface RiskCover {
  readonly vulnerability: string | null;
  readonly source: string | null;
  readonly answer: RiskAnswer;
}

/** A finding that fell out of a response which stands for others. */
export interface Fallen {
  readonly response: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly at: number;
}

/** What people said on one asset, as it is read once for all its findings. */
export interface AssetAnswers {
  readonly covers: readonly RiskCover[];
  readonly fallen: readonly Fallen[];
}

/** The finding with what people answered to it. */
export function withAnswers(finding: FindingFacts, said: AssetAnswers): FindingFacts {
  const answers = answersTo(finding, said);
  return answers.length === 0 ? finding : { ...finding, answers };
}

/** By what it is called, a finding is answered for. */
type Named = Pick<FindingFacts, 'subject' | 'source'>;

function answersTo(finding: Named, { covers, fallen }: AssetAnswers): RiskAnswer[] {
  const of = covers.filter(
    ({ vulnerability, source }) =>
      (vulnerability === null || vulnerability === finding.subject) && (source === null || source === finding.source),
  );
  // Two rows of one response may both fit, by the vulnerability and by the package: it is one answer.
  const answers = new Map(of.map(({ answer }) => [answer.response, answer]));
  return [...answers.values()].map((answer) => endedWhere(answer, finding, fallen));
}

/** Who answers for it at this moment, the longest first; an override changes its clock, and nobody answers by it. */
export function standingAnswer(finding: Named, said: AssetAnswers, now: Instant): RiskAnswer | null {
  const standing = answersTo(finding, said).filter(
    ({ kind, from, until, endedAt }) => kind !== 'override' && endedAt === null && from <= now && now < until,
  );
  return standing.reduce<RiskAnswer | null>(
    (last, one) => (last === null || one.until > last.until ? one : last),
    null,
  );
}

function endedWhere(answer: RiskAnswer, { subject, source }: Named, fallen: readonly Fallen[]): RiskAnswer {
  const fell = fallen.find(
    (one) => one.response === answer.response && one.vulnerability === subject && one.source === (source ?? ''),
  );
  if (fell === undefined) return answer;
  return { ...answer, endedAt: Math.min(fell.at, answer.endedAt ?? fell.at) };
}

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
export function withAnswers(finding: FindingFacts, { covers, fallen }: AssetAnswers): FindingFacts {
  if (covers.length === 0) return finding;
  const of = covers.filter(
    ({ vulnerability, source }) =>
      (vulnerability === null || vulnerability === finding.subject) && (source === null || source === finding.source),
  );
  if (of.length === 0) return finding;
  // Two rows of one response may both fit, by the vulnerability and by the package: it is one answer.
  const answers = new Map(of.map(({ answer }) => [answer.response, answer]));
  return { ...finding, answers: [...answers.values()].map((answer) => endedWhere(answer, finding, fallen)) };
}

function endedWhere(answer: RiskAnswer, { subject, source }: FindingFacts, fallen: readonly Fallen[]): RiskAnswer {
  const fell = fallen.find(
    (one) => one.response === answer.response && one.vulnerability === subject && one.source === (source ?? ''),
  );
  if (fell === undefined) return answer;
  return { ...answer, endedAt: Math.min(fell.at, answer.endedAt ?? fell.at) };
}

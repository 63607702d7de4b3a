import type { Instant, Lane } from '../vocabulary/index.ts';
import type { FindingFacts } from './facts.ts';
import type { ResponseKind } from './risk-response.ts';
import { isStricter } from './risk-response-rule.ts';

/** A response as it touches one finding of one asset, whether it stands or stood. */
export interface RiskAnswer {
  readonly response: string;
  readonly kind: ResponseKind;
  readonly from: Instant;
  readonly until: Instant;
  /** Over before its day: revoked, renewed, or the finding fell out of it. */
  readonly endedAt: Instant | null;
  /** Of an override. */
  readonly lane: Lane | null;
  readonly due: Instant | null;
  readonly raise: boolean;
  readonly basis: AnswerBasis;
}

/** What was known of the finding when it was answered for. What is worse than this was never agreed to. */
interface AnswerBasis {
  readonly lane: Lane;
  readonly exploited: boolean;
  /** There was no fix. */
  readonly fixless: boolean;
}

/** Why a finding is open again before the day that was agreed on. */
export type FallCause = 'lane-rose' | 'now-exploited' | 'fix-appeared';

/**
 * What was agreed to was agreed to for what was known. `lane` is the one that the finding has without anybody's word.
 * A raise is outgrown by nothing: it only makes things faster.
 */
function fallCause({ basis, raise }: RiskAnswer, finding: FindingFacts, lane: Lane): FallCause | null {
  const { fixed, intelligence } = finding;
  if (raise) return null;
  if (isStricter(lane, basis.lane)) return 'lane-rose';
  const exploited = intelligence !== null && intelligence.knownExploited !== null;
  if (exploited && !basis.exploited) return 'now-exploited';
  return fixed !== null && basis.fixless ? 'fix-appeared' : null;
}

/** A time that does not count: [from, until). */
export interface Pause {
  readonly response: string;
  readonly kind: ResponseKind;
  readonly from: Instant;
  readonly until: Instant;
}

/** What was said of a finding, as of now. */
export interface Answered {
  /** Answered for at this moment; until the last of these days. */
  readonly standing: RiskAnswer | null;
  readonly override: RiskAnswer | null;
  /** Those of the past too, the first first. */
  readonly pauses: readonly Pause[];
  /** Answers that the facts have outgrown and that nobody has ended yet. */
  readonly fallen: readonly { readonly answer: RiskAnswer; readonly cause: FallCause }[];
}

const NOTHING_SAID: Answered = { standing: null, override: null, pauses: [], fallen: [] };

export function answeredOf(finding: FindingFacts, lane: Lane, now: Instant): Answered {
  const answers = finding.answers ?? [];
  if (answers.length === 0) return NOTHING_SAID;
  const open = answers.filter(({ from, until, endedAt }) => endedAt === null && from <= now && now < until);
  const judged = open.map((answer) => ({ answer, cause: fallCause(answer, finding, lane) }));
  const standing = judged.flatMap(({ answer, cause }) => (cause === null ? [answer] : []));
  const fallen = judged.flatMap(({ answer, cause }) => (cause === null ? [] : [{ answer, cause }]));
  const fell = new Set(fallen.map(({ answer }) => answer));
  return {
    standing: latest(standing.filter(({ kind }) => kind !== 'override')),
    override: newest(standing.filter(({ kind }) => kind === 'override')),
    pauses: answers
      .filter(({ kind, from }) => kind !== 'override' && from <= now)
      .map((answer) => pauseOf(answer, fell.has(answer) ? now : null))
      .filter(({ from, until }) => from < until)
      .sort((a, b) => a.from - b.from || a.until - b.until),
    fallen,
  };
}

function pauseOf({ response, kind, from, until, endedAt }: RiskAnswer, fellAt: Instant | null): Pause {
  return { response, kind, from, until: Math.min(until, endedAt ?? until, fellAt ?? until) };
}

function latest(answers: readonly RiskAnswer[]): RiskAnswer | null {
  return answers.reduce<RiskAnswer | null>((last, one) => (last === null || one.until > last.until ? one : last), null);
}

function newest(answers: readonly RiskAnswer[]): RiskAnswer | null {
  return answers.reduce<RiskAnswer | null>((last, one) => (last === null || one.from > last.from ? one : last), null);
}

/**
 * `timeMs` after `start`, pauses not counted: the clock goes on where it stood, and whoever was late before an answer is
 * late when it ends.
 */
export function runningDue(start: Instant, timeMs: number, pauses: readonly Pick<Pause, 'from' | 'until'>[]): Instant {
  let due = start + timeMs;
  let counted = start;
  // In the order of their beginnings, as `answeredOf` gives them.
  for (const { from, until } of pauses) {
    if (from >= due) break;
    const begin = Math.max(from, counted);
    if (until <= begin) continue;
    due += until - begin;
    counted = until;
  }
  return due;
}

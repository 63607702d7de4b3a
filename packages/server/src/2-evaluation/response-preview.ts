import type { ExceptionPreview, ExceptionRequest } from '@patchsteward/contract';
import { assess, assessUnder, responseRule, stepResponse, withAnswers } from '@patchsteward/core/2-evaluation';
import type { Policy, Voter } from '@patchsteward/core/policy';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import { basisBody, timeOf } from './response-body.ts';
import { NO_ANSWERS, readAnswers } from './response-cover-store.ts';
import { cover, type ResponseTools, termsOf } from './response-perform.ts';
import type { FittingFinding } from './response-target.ts';

interface Parts extends Pick<ResponseTools, 'policy' | 'findTargets'> {
  readonly db: Db;
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** What a person reads of the findings before asking; the numbers say the rest. */
const COVERED_SHOWN_MAX = 20;
/** Has no role, and so is told what a person would be told who has none. */
const NOBODY: Voter = { person: '', roles: [] };

/** What would be answered for, who would have to agree, and what it would do to the clocks. Changes nothing. */
export async function previewResponse(
  parts: Parts,
  { target, ...request }: ExceptionRequest,
  voter: Voter | null,
  now: Instant,
): Promise<ExceptionPreview> {
  const { db, policy } = parts;
  const terms = termsOf(request);
  const { basis, found } = await cover(db, parts, target, terms.kind, now);
  const { seats, termMaxMs, raise } = responseRule(terms, basis, policy);
  const event = { kind: 'requested', by: voter ?? NOBODY, terms, basis, renews: null } as const;
  const result = stepResponse(null, event, { policy, now });
  const dues = await duesOf(db, found, { terms: { ...terms, raise }, policy, now });
  const shown = dues.sort((a, b) => a.before.due - b.before.due).slice(0, COVERED_SHOWN_MAX);
  const names = await parts.namesOf([...new Set(shown.map(({ assetId }) => assetId))]);
  return {
    ...{ basis: basisBody(basis), seats: seats.map((seat) => [...seat]), raise },
    ...{ termDaysMax: termMaxMs / DAY_MS, untilMax: timeOf(now + termMaxMs) },
    dues: {
      before: earliest(dues.map((one) => one.before.due)),
      after: earliest(dues.map((one) => one.after.due)),
      lateBefore: dues.filter((one) => one.before.late).length,
      lateAfter: dues.filter((one) => one.after.late).length,
    },
    covered: shown.map((one) => ({
      ...{ assetId: one.assetId, assetName: names.get(one.assetId) ?? one.assetId, lane: one.before.lane },
      ...{ vulnerability: one.finding.subject, source: one.finding.source ?? null },
      ...{ due: timeOf(one.before.due), dueAfter: timeOf(one.after.due) },
    })),
    refusal: result.kind === 'refused' ? result.says : null,
  };
}

interface Terms {
  readonly terms: Parameters<typeof assessUnder>[0];
  readonly policy: Policy;
  readonly now: Instant;
}

/** Each finding as it is, with what was answered to it before, and as it would be. */
async function duesOf(db: Db, found: readonly FittingFinding[], { terms, policy, now }: Terms) {
  const answers = await readAnswers(db, [...new Set(found.map(({ assetId }) => assetId))]);
  return found.map(({ assetId, asset, finding: plain, lane }) => {
    const finding = withAnswers(plain, answers.get(assetId) ?? NO_ANSWERS);
    return {
      ...{ assetId, finding },
      before: assess(finding, asset, policy, now),
      after: assessUnder(terms, { finding, asset, lane }, policy, now),
    };
  });
}

function earliest(dues: readonly Instant[]): string | null {
  const first = dues.reduce((least, due) => Math.min(least, due), Number.POSITIVE_INFINITY);
  return first === Number.POSITIVE_INFINITY ? null : timeOf(first);
}

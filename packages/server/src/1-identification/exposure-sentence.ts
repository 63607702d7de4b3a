import type { ExposureAnswer } from '@patchsteward/contract';
import type { Counts, ExposedRelease } from './exposed-assets.ts';

type Release = ExposureAnswer['releases'][number];

/** Claims of another release say nothing of this one: without a claim of its own it is not judged. */
export function releaseBody(row: ExposedRelease, id: string, claimed: ReadonlySet<string> | null): Release {
  const { scope, assets, counts } = row;
  const body = { ...row, affected: counts.affected, notJudged: counts.notJudged };
  if (counts.affected > 0) {
    return { ...body, answer: 'affected', sentence: `Affected: ${assetsOf(counts.affected)}.${restOf(counts)}` };
  }
  if (counts.notJudged === assets) return { ...body, answer: 'not-judged', sentence: notJudged(scope, id, claimed) };
  if (counts.underInvestigation > 0) return { ...body, answer: 'not-judged', sentence: restOf(counts).trim() };
  const judged = assets - counts.notJudged;
  return { ...body, answer: 'not-affected', sentence: `None of ${assetsOf(judged)} is affected.${restOf(counts)}` };
}

function notJudged(scope: string | null, id: string, claimed: ReadonlySet<string> | null): string {
  if (claimed === null) return 'Not judged: these versions cannot be compared.';
  if (scope !== null && claimed.size > 0 && !claimed.has(scope)) {
    return `Not judged: no advisory for this release names ${id}.`;
  }
  return 'Not judged: no loaded feed covers this release, or not yet.';
}

interface AnswerFacts {
  readonly vulnerability: string;
  /** It is about versions of a package: no claim is needed, and no feed. */
  readonly isPackage: boolean;
  readonly claims: number;
  readonly feeds: number;
  readonly assets: number;
  readonly counts: Counts;
}

/** Silence is not safety: without a feed, a claim or a judged asset there is no "not affected". */
export function answerOf(facts: AnswerFacts): Pick<ExposureAnswer, 'answer' | 'sentence'> {
  const { vulnerability, isPackage, assets, counts } = facts;
  if (counts.affected > 0) {
    const is = counts.affected === 1 ? 'is affected by' : 'are affected by';
    const has = counts.affected === 1 ? 'has' : 'have';
    const verb = isPackage ? has : is;
    return { answer: 'affected', sentence: `${assetsOf(counts.affected)} ${verb} ${vulnerability}.${restOf(counts)}` };
  }
  const unsaid = unsaidOf(facts);
  if (unsaid !== null) return { answer: 'not-judged', sentence: `Not judged: ${unsaid}` };
  if (assets === counts.notJudged) {
    return { answer: 'not-judged', sentence: `Not judged: ${assetsOf(assets)}, all there are.` };
  }
  if (counts.underInvestigation > 0) return { answer: 'not-judged', sentence: restOf(counts).trim() };
  const judged = assets - counts.notJudged;
  const sentence = isPackage
    ? `None of ${assetsOf(judged)} has ${vulnerability}.`
    : `${judged === 1 ? 'The one judged asset is not' : `None of the ${judged} judged assets is`} affected by ${vulnerability}.`;
  return { answer: 'not-affected', sentence: `${sentence}${restOf(counts)}` };
}

function unsaidOf({ vulnerability, isPackage, claims, feeds, assets }: AnswerFacts): string | null {
  if (!isPackage && feeds === 0) return 'no feed of advisories is loaded.';
  if (!isPackage && claims === 0) return `no advisory of the loaded feeds names ${vulnerability}.`;
  return assets === 0 ? 'no asset is enrolled.' : null;
}

/** What is neither affected nor safe, and what is affected and does not run. */
function restOf({ idle, underInvestigation, notJudged }: Counts): string {
  return [
    ...(underInvestigation > 0 ? [` Not decided yet: ${assetsOf(underInvestigation)}.`] : []),
    ...(idle > 0 ? [` In kernel packages that do not run: ${assetsOf(idle)}.`] : []),
    ...(notJudged > 0 ? [` Not judged: ${assetsOf(notJudged)}.`] : []),
  ].join('');
}

function assetsOf(count: number): string {
  return count === 1 ? '1 asset' : `${count} assets`;
}

import type { ExceptionDetail, ExceptionPreview } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import { counted, LISTED_MAX, numberText } from '../platform/words.ts';

type Fact = readonly [name: string, value: string];

/** One exception for a person: what holds, for what, and how it came about. */
export function exceptionText(one: ExceptionDetail, now: number): string {
  const lines = [
    `${plainText(one.title)}  ${one.id}`,
    ...[...stateFacts(one, now), ...termFacts(one), ...coverFacts(one)].map(factLine),
    ...one.events.map(
      ({ at, kind, actor, why }) =>
        `  ${momentText(at)}  ${plainText(`${kind} by ${actor}${why === null ? '' : `: ${why}`}`)}`,
    ),
  ];
  return ended(lines);
}

function stateFacts(one: ExceptionDetail, now: number): Fact[] {
  const { state, until, missing, fallen, renews, renewedBy, mayAgree } = one;
  const open = state === 'requested' || state === 'standing';
  return [
    ['state', state],
    ['until', `${momentText(until)}${open ? `, ${distanceText(until, now)}` : ''}`],
    ...(missing.length === 0 ? [] : [['missing', seatsText(missing)] as const]),
    ...(mayAgree ? [['you', 'may agree to it'] as const] : []),
    ...(fallen === 0 ? [] : [['open again', counted(fallen, 'finding')] as const]),
    ...(renews === null ? [] : [['goes on with', renews] as const]),
    ...(renewedBy === null ? [] : [['renewed by', renewedBy] as const]),
  ];
}

function termFacts({ owner, why, control, evidence, lane, due, requester, agreed }: ExceptionDetail): Fact[] {
  return [
    ['owner', owner],
    ['why', why],
    ...(control === null ? [] : [['control', control] as const]),
    ...(evidence === null ? [] : [['evidence', evidence] as const]),
    ...(lane === null ? [] : [['lane', lane] as const]),
    ...(due === null ? [] : [['due', momentText(due)] as const]),
    ['asked by', requester],
    ...agreed.map(({ person, roles }) => ['agreed', `${person} (${roles.join(', ')})`] as const),
  ];
}

function coverFacts({ basis, covered, coveredTotal }: ExceptionDetail): Fact[] {
  const more = coveredTotal - Math.min(covered.length, LISTED_MAX);
  return [
    ['covers', basisText(basis)],
    ...covered.slice(0, LISTED_MAX).map(({ assetName, vulnerability, source, fallen }): Fact => {
      const what = [vulnerability ?? 'whatever is found', source].filter((word) => word !== null).join(' in ');
      return ['', `${what} on ${assetName}${fallen === null ? '' : `: open again, ${CAUSES[fallen.cause]}`}`];
    }),
    ...(more > 0 ? [['', `and ${numberText(more)} more`] as const] : []),
  ];
}

const CAUSES = {
  'lane-rose': 'as it moved up a lane',
  'now-exploited': 'as it is known to be exploited',
  'fix-appeared': 'as there is a fix now',
} as const;

function basisText({ findings, assets, lane, exploited, fixless }: ExceptionDetail['basis']): string {
  const parts = [
    `${counted(findings, 'finding')} on ${counted(assets, 'asset')}`,
    `lane ${lane}`,
    ...(exploited === 0 ? [] : [`${numberText(exploited)} known to be exploited`]),
    ...(fixless === 0 ? [] : [`${numberText(fixless)} without a fix`]),
  ];
  return parts.join(', ');
}

/** What would be asked for, before it is. */
export function previewText({ basis, seats, untilMax, raise, dues, refusal }: ExceptionPreview): string {
  const lines = [
    `This covers ${basisText(basis)}.`,
    raise ? '  Security says it alone, and it holds at once.' : `  Must agree: ${seatsText(seats)}.`,
    ...(dues.before === null || dues.after === null ? [] : [duesText(dues, dues.before, dues.after)]),
    `  It may stand until ${momentText(untilMax)} at most.`,
    ...(refusal === null ? [] : [`  It cannot be asked for so: ${plainText(refusal)}`]),
  ];
  return ended(lines);
}

function duesText({ lateBefore, lateAfter }: ExceptionPreview['dues'], before: string, after: string): string {
  const late = lateBefore === 0 ? '' : `; late now ${numberText(lateBefore)}, then ${numberText(lateAfter)}`;
  return `  The first is due ${momentText(before)}, and would be due ${momentText(after)}${late}.`;
}

function seatsText(seats: readonly (readonly string[])[]): string {
  return seats.map((seat) => seat.join(' or ')).join(', and ');
}

function factLine([name, value]: Fact): string {
  return `  ${name.padEnd(13)} ${plainText(value)}`;
}

function ended(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

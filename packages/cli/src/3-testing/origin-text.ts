import type { OriginBody } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import { nameOf } from './origin-named.ts';

/** The facts of an origin, then what stands in its way. */
export function originText(origin: OriginBody, bold: (text: string) => string, now: number): string {
  const lines = [
    `${bold(plainText(nameOf(origin)))}  ${origin.id}`,
    ...facts(origin, now).map(([name, value]) => `  ${name.padEnd(13)} ${plainText(value)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** One word for the list. */
export function stateText({ state, problem }: OriginBody): string {
  if (state === 'usable') return problem === null ? 'verified' : 'verified, refresh failed';
  return state === 'expired' ? 'expired' : 'not verified';
}

type Fact = readonly [name: string, value: string];

function facts(origin: OriginBody, now: number): Fact[] {
  const { url, mirror, components, architectures, keys, problem } = origin;
  return [
    ['address', url],
    ...(mirror === null ? [] : [['fetched from', mirror] as const]),
    ['components', components.join(', ') || '-'],
    ['architectures', architectures.join(', ')],
    ...keys.map(({ fingerprint, userIds, expiresAt }): Fact => {
      const end = expiresAt === null ? 'does not expire' : `expires ${momentText(expiresAt)}`;
      return ['key', `${spaced(fingerprint)}  ${userIds[0] ?? ''} (${end})`];
    }),
    ['state', stateText(origin)],
    ...indexFacts(origin, now),
    ...(problem === null ? [] : [['problem', problem.reason.sentence] as const, ['', problem.detail] as const]),
  ];
}

function indexFacts({ index, checkedAt }: OriginBody, now: number): Fact[] {
  const checked: Fact = ['checked', checkedAt === null ? 'never' : distanceText(checkedAt, now)];
  if (index === null) return [checked];
  const end = index.validUntil === null ? 'its publisher sets no end' : `valid until ${momentText(index.validUntil)}`;
  return [
    ['index of', `${momentText(index.date)}, ${end}`],
    ['signed by', index.signedBy.map(spaced).join(', ')],
    ['publisher', [index.publisher, index.suite, index.codename].filter((word) => word !== null).join(' / ') || '-'],
    checked,
  ];
}

/** In groups of four, as people compare it. */
function spaced(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ');
}

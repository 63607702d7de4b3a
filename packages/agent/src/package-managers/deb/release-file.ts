import type { Instant } from '@patchsteward/core/vocabulary';
import { paragraphsOf } from './deb822.ts';

/** What a Release file says of its own age. */
export interface ReleaseDates {
  readonly date: Instant | null;
  readonly validUntil: Instant | null;
}

const FIELDS: ReadonlySet<string> = new Set(['date', 'valid-until']);
const ARMOR_HEAD = '-----BEGIN PGP SIGNED MESSAGE-----';
const ARMOR_TAIL = '-----BEGIN PGP SIGNATURE-----';

/** Reads a Release or InRelease file; of the latter the text between header and signature. // RFC 9580 §7 */
export function parseReleaseDates(text: string): ReleaseDates {
  for (const { fields } of paragraphsOf(signedText(text), FIELDS)) {
    return { date: instantOf(fields.get('date')), validUntil: instantOf(fields.get('valid-until')) };
  }
  return { date: null, validUntil: null };
}

function signedText(text: string): string {
  if (!text.startsWith(ARMOR_HEAD)) return text;
  const body = /\r?\n\r?\n/.exec(text);
  const tail = text.indexOf(`\n${ARMOR_TAIL}`);
  return body === null ? '' : text.slice(body.index + body[0].length, tail === -1 ? undefined : tail + 1);
}

/** `Sat, 11 Jul 2026 09:31:07 UTC`: the one form that archives write. // Debian repository format: Date */
const RELEASE_DATE = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}:\d{2} (?:UTC|GMT|Z|[+-]\d{4})$/;

function instantOf(field: string | undefined): Instant | null {
  if (field === undefined || !RELEASE_DATE.test(field)) return null;
  const instant = Date.parse(field);
  return Number.isNaN(instant) ? null : instant;
}

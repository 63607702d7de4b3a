import { COMMON, HUGE_FLEET, VULNERABILITIES_OF_SOURCE } from '../api/fleet.ts';

/** The vulnerability that every host of a filled fleet has. */
export const EVERYWHERE = 'CVE-2026-00001';
/** What the limits ask for. */
const QUESTIONS = 250;

/** Vulnerabilities of packages that all hosts have and, evenly, of those that only some have. */
export function questions(): readonly string[] {
  const vulnerabilities = HUGE_FLEET.sources * VULNERABILITIES_OF_SOURCE;
  const ofCommon = COMMON.length * VULNERABILITIES_OF_SOURCE;
  const step = Math.floor((vulnerabilities - ofCommon) / (QUESTIONS - ofCommon));
  return Array.from({ length: QUESTIONS }, (_, at) =>
    nameOf(at < ofCommon ? at + 1 : ofCommon + (at - ofCommon) * step + 1),
  );
}

function nameOf(number: number): string {
  return `CVE-2026-${String(number).padStart(5, '0')}`;
}

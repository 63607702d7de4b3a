import type { Intelligence } from '@patchsteward/contract';

/** What sources say by now: `high (CVSS 7.8), says NVD, not listed as exploited`. */
export function heldText(held: NonNullable<Intelligence['held']>): string {
  const { severity, severityFrom, cvss, ssvc, knownExploited } = held;
  const score = cvss === null ? '' : ` (CVSS ${cvss.toFixed(1)})`;
  const by = severityFrom === null ? '' : `, says ${severityFrom}`;
  const exploitation = ssvc?.exploitation == null ? '' : `, exploitation ${ssvc.exploitation.replace('_', ' ')}`;
  const listed = knownExploited === null ? 'not listed' : `listed on ${knownExploited.added}`;
  return `${severity}${score}${by}${exploitation}, ${listed} as exploited`;
}

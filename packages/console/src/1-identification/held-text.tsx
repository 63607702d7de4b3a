import type { Intelligence } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';

const words = strings.severities;

/** What sources say by now, where that is less than what counts. */
export function HeldText({ intelligence: { held, knownExploited } }: { readonly intelligence: Intelligence }) {
  if (held === undefined) return null;
  const { severity, severityFrom, cvss } = held;
  const isDelisted = knownExploited !== null && held.knownExploited === null;
  return (
    <>
      {words.heldSays(strings.severity[severity], severityFrom, cvss === null ? null : cvss.toFixed(1))}
      {isDelisted && `, ${words.heldListing}`}
    </>
  );
}

import { COLON, HYPHEN } from '../characters.ts';
import { digitRunEnd } from '../digit-run.ts';
import { faultOfLength, type VersionFault } from '../version-fault.ts';

/** rpm keeps the epoch in 32 bits without a sign. */
const EPOCH_MAX = 4_294_967_295;

// What rpmbuild lets into a version or release, the separators of an EVR, and the letters of other scripts, which older
// rpm took; the comparison passes over them. Parentheses stay out: `(none):1.2-3` is a lost epoch, not a version.
const EVR = /^[A-Za-z0-9._+%{}~^:\-\p{L}\p{M}\p{N}]+$/u;

/** Where the parts of `[epoch:]version[-release]` lie, as rpm's own parseEVR finds them. */
export interface RpmParts {
  /** The end of the epoch's digits, which start at 0. */
  readonly epochEnd: number;
  readonly versionStart: number;
  readonly versionEnd: number;
  /** null: there is no release, which sorts before every release. */
  readonly releaseStart: number | null;
}

export function rpmParts(evr: string): RpmParts {
  const epochEnd = digitRunEnd(evr, 0, evr.length);
  const hasEpoch = evr.charCodeAt(epochEnd) === COLON;
  const versionStart = hasEpoch ? epochEnd + 1 : 0;
  const hyphen = lastHyphen(evr, versionStart);

  return {
    epochEnd: hasEpoch ? epochEnd : 0,
    versionStart,
    versionEnd: hyphen ?? evr.length,
    releaseStart: hyphen === null ? null : hyphen + 1,
  };
}

/** No part is empty, the epoch fits, no character is out of place. A colon in front is an epoch that got lost. */
export function rpmFault(evr: string): VersionFault | null {
  const length = faultOfLength(evr);
  if (length !== null) return length;
  const parts = rpmParts(evr);
  if (evr.startsWith(':') || Number(evr.slice(0, parts.epochEnd)) > EPOCH_MAX) return 'epoch';
  if (parts.versionEnd === parts.versionStart) return 'version-missing';
  if (parts.releaseStart === evr.length) return 'revision-missing';
  return EVR.test(evr) ? null : 'character';
}

function lastHyphen(text: string, start: number): number | null {
  for (let at = text.length - 1; at >= start; at--) {
    if (text.charCodeAt(at) === HYPHEN) return at;
  }
  return null;
}

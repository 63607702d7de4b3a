import { COLON, HYPHEN } from '../characters.ts';
import { digitRunEnd } from '../digit-run.ts';
import { faultOfLength, type VersionFault } from '../version-fault.ts';

/** dpkg keeps the epoch in an int. */
const EPOCH_MAX = 2_147_483_647;

// Debian policy 5.6.12; a version *should* start with a digit, and old advisories name some that do not.
const UPSTREAM = /^[A-Za-z0-9.+~:-]+$/;
const REVISION = /^(?:-[A-Za-z0-9.+~]+)?$/;

/** The end of the epoch's digits; 0 where the version has no epoch. Its colon follows. */
export function epochEnd(version: string): number {
  const end = digitRunEnd(version, 0, version.length);
  return version.charCodeAt(end) === COLON ? end : 0;
}

/** Where the upstream version ends: at the last hyphen behind `start`, else at the end of the version. */
export function upstreamEnd(version: string, start: number): number {
  for (let at = version.length - 1; at >= start; at--) {
    if (version.charCodeAt(at) === HYPHEN) return at;
  }
  return version.length;
}

/** What keeps a text from being what dpkg takes without an error or a warning; its first character may be a letter. */
export function debFault(version: string): VersionFault | null {
  const colon = version.indexOf(':');
  const start = colon + 1;
  const end = upstreamEnd(version, start);
  const length = faultOfLength(version);
  if (length !== null) return length;
  if (colon !== -1 && !isEpoch(version, colon)) return 'epoch';
  if (end === start) return 'version-missing';
  if (end === version.length - 1) return 'revision-missing';

  const isWritable = UPSTREAM.test(version.slice(start, end)) && REVISION.test(version.slice(end));
  return isWritable ? null : 'character';
}

function isEpoch(version: string, colon: number): boolean {
  return colon > 0 && digitRunEnd(version, 0, colon) === colon && Number(version.slice(0, colon)) <= EPOCH_MAX;
}

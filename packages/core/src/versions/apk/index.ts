import { compareRows, word } from '../row.ts';
import { faultOfLength, type VersionFault } from '../version-fault.ts';
import type { KeyedVersionOrder } from '../version-order.ts';
import { apkVersionKey } from './key.ts';
import { RANKS, readApkVersion } from './read.ts';

/** What stands in apk versions, and in what earlier versions of apk took for one. */
const CHARACTERS = /^[A-Za-z0-9._~+-]+$/;
const END = word(RANKS.end);

function apkFault(version: string): VersionFault | null {
  return faultOfLength(version) ?? (CHARACTERS.test(version) ? null : 'character');
}

export const apkOrder: KeyedVersionOrder = {
  compare: (a, b) => (a === b ? 0 : compareRows(readApkVersion(a), readApkVersion(b), END)),
  key: apkVersionKey,
  faultOf: apkFault,
  isValid: (version) => apkFault(version) === null,
};

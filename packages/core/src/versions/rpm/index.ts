import type { VersionOrder } from '../version-order.ts';
import { compareRpmVersions } from './compare.ts';
import { rpmVersionKey } from './key.ts';
import { isValidRpmVersion } from './parse.ts';

export const rpmOrder: VersionOrder = {
  compare: compareRpmVersions,
  key: rpmVersionKey,
  isValid: isValidRpmVersion,
};

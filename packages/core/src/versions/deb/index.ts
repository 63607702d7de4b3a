import type { VersionOrder } from '../version-order.ts';
import { compareDebVersions } from './compare.ts';
import { debVersionKey } from './key.ts';
import { isValidDebVersion } from './parse.ts';

export const debOrder: VersionOrder = {
  compare: compareDebVersions,
  key: debVersionKey,
  isValid: isValidDebVersion,
};

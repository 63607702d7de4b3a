import type { KeyedVersionOrder } from '../version-order.ts';
import { compareDebVersions } from './compare.ts';
import { debVersionKey } from './key.ts';
import { debFault } from './parse.ts';

export const debOrder: KeyedVersionOrder = {
  compare: compareDebVersions,
  key: debVersionKey,
  faultOf: debFault,
  isValid: (version) => debFault(version) === null,
};

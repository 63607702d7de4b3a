import type { KeyedVersionOrder } from '../version-order.ts';
import { compareRpmVersions } from './compare.ts';
import { rpmVersionKey } from './key.ts';
import { rpmFault } from './parse.ts';

export const rpmOrder: KeyedVersionOrder = {
  compare: compareRpmVersions,
  key: rpmVersionKey,
  faultOf: rpmFault,
  isValid: (version) => rpmFault(version) === null,
};

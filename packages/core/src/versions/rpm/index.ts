import type { KeyedVersionOrder } from '../version-order.ts';
import { isSameRpmBuildLine } from './build-line.ts';
import { compareRpmVersions } from './compare.ts';
import { rpmVersionKey } from './key.ts';
import { rpmFault } from './parse.ts';

export const rpmOrder: KeyedVersionOrder = {
  compare: compareRpmVersions,
  key: rpmVersionKey,
  faultOf: rpmFault,
  isSameLine: isSameRpmBuildLine,
  isValid: (version) => rpmFault(version) === null,
};

import { VERSION_CHARACTERS_MAX } from './version-order.ts';

/** Why a text is no version, and how a person is told. */
export const VERSION_FAULTS = {
  empty: 'it is empty',
  'too-long': `it has more than ${VERSION_CHARACTERS_MAX} characters`,
  character: 'it holds a character that no such version has',
  epoch: 'its epoch is not a number that fits',
  'version-missing': 'nothing stands where the version should',
  'revision-missing': 'nothing stands behind its last hyphen',
  'no-number': 'it holds no number',
  shape: 'it has not the shape of one',
} as const;
export type VersionFault = keyof typeof VERSION_FAULTS;

/** What every ecosystem refuses: nothing at all, and more than anybody can read or index. */
export function faultOfLength(version: string): 'empty' | 'too-long' | null {
  if (version === '') return 'empty';
  return version.length > VERSION_CHARACTERS_MAX ? 'too-long' : null;
}

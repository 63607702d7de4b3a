import { ALL_VERSION_ORDERS, VERSION_FAULTS, type VersionEcosystem } from '@patchsteward/core/versions';
import { Failure } from '../platform/failure.ts';

/** Why a line's text is no version of the ecosystem, in words; null: it is one. */
export function versionFailure(line: number, version: string, ecosystem: VersionEcosystem): Failure | null {
  const fault = ALL_VERSION_ORDERS[ecosystem].faultOf(version);
  if (fault === null) return null;
  const what = `line ${line}: "${version}" is not a valid ${ecosystem} version: ${VERSION_FAULTS[fault]}`;
  return new Failure(what, 'correct that line');
}

import { CRITICALITIES, LANES } from '@patchsteward/core/vocabulary';
import { accepted, type Outcome, unreadable } from '../refusal.ts';
import { list, type Read, record } from '../strict/decoder.ts';
import { decodeLoose } from '../strict/document.ts';
import { packageName } from '../strict/names.ts';
import { bool, oneOf } from '../strict/scalars.ts';

const GUARD_BYTES_MAX = 64 * 1024;
const PACKAGES_DENIED_MAX = 1_000;

const guard = record({
  environment: oneOf(['production', 'non-production']),
  criticality: oneOf(CRITICALITIES),
  allow: record({ reboot: bool, kernel: bool, lanes: list(oneOf(LANES), { countMax: LANES.length }) }),
  packagesDenied: list(packageName, { countMax: PACKAGES_DENIED_MAX }),
});

/** What the owner of a host allows at most. The server cannot write it. // rollout §3.3 */
export type Guard = Read<typeof guard>;

/** A file that people may edit: spaces and order are theirs, its words are not. */
export function readGuard(bytes: Uint8Array): Outcome<Guard> {
  const read = decodeLoose(bytes, guard, GUARD_BYTES_MAX);
  return read.ok ? accepted(read.value) : unreadable('guard-unreadable', read.fault);
}

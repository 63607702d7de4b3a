import type { PackageChange, Rollback } from '@patchsteward/core/plan';
import { checked, type Decoder, list, nullable, record, variant } from '../strict/decoder.ts';
import { architecture, originId, packageName, packageVersion } from '../strict/names.ts';
import { hashText, oneOf, saying, whole } from '../strict/scalars.ts';

/** An upgrade of a whole desktop changes about 3,000 packages. */
const CHANGES_MAX = 10_000;
/** No package of any archive is near it; a size beyond is a mistake or an attack. */
const PACKAGE_BYTES_MAX = 16 * 1024 * 1024 * 1024;

const change: Decoder<PackageChange> = checked(
  record({
    name: packageName,
    architecture,
    from: nullable(packageVersion),
    to: nullable(packageVersion),
    sha256: nullable(hashText),
    sizeBytes: whole(0, PACKAGE_BYTES_MAX),
    origin: nullable(originId),
  }),
  isWhole,
);

/** Something changes, and what is installed is named byte for byte; a removal has no bytes. */
function isWhole({ from, to, sha256, sizeBytes, origin }: PackageChange): boolean {
  if (from === to) return false;
  return to === null
    ? sha256 === null && origin === null && sizeBytes === 0
    : sha256 !== null && origin !== null && sizeBytes > 0;
}

export const changes: Decoder<readonly PackageChange[]> = list(change, {
  countMin: 1,
  countMax: CHANGES_MAX,
  // A space sorts before everything that a name may hold, so this is by name, then by architecture.
  rising: ({ name, architecture }) => `${name} ${architecture}`,
});

export const rollback: Decoder<Rollback> = variant('kind', {
  downgrade: record({ kind: oneOf(['downgrade']), changes }),
  none: record({ kind: oneOf(['none']), why: saying }),
});

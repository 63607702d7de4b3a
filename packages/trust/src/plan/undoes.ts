import type { PackageChange, Rollback } from '@patchsteward/core/plan';

/** A way back leads exactly back: each of its changes undoes one of the forward changes, and adds nothing. // decided 30 */
export function undoes({
  changes,
  rollback,
}: {
  readonly changes: readonly PackageChange[];
  readonly rollback: Rollback;
}): boolean {
  if (rollback.kind === 'none') return true;
  const forward = new Map(changes.map((change) => [placeOf(change), change]));
  return rollback.changes.every((back) => {
    const undone = forward.get(placeOf(back));
    return undone !== undefined && back.from === undone.to && back.to === undone.from;
  });
}

function placeOf({ name, architecture }: PackageChange): string {
  return `${name} ${architecture}`;
}

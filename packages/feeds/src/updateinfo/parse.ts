import type { Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import type { Advisories } from '../osv/parse.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { claimsOf, type UpdateClaims } from './claims.ts';
import { readUpdates } from './read.ts';

/** Reads an updateinfo.xml, plain or packed. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseUpdateinfo(bytes: Uint8Array): Advisories {
  const updates = readUpdates(unpacked(bytes));
  if (updates.length === 0) throw new FeedUnreadable('not-this-feed', 'the file lists no update');
  const newest = new Map<string, UpdateClaims>();
  const refused: Quarantined[] = [];
  for (const [index, update] of updates.entries()) {
    if (update.id === '') {
      refused.push(quarantined(`update ${index + 1}`, 'it has no id'));
      continue;
    }
    const read = claimsOf(update);
    if (read === null) continue;
    const known = newest.get(update.id);
    newest.set(update.id, known === undefined ? read : merged(known, read));
  }
  const read = [...newest.values()];
  const changes = read.flatMap(({ advisory }) => advisory.modified ?? []);
  return {
    advisories: read.map(({ advisory }) => advisory),
    claims: read.flatMap(({ claims }) => claims),
    quarantined: [...refused, ...read.flatMap((one) => one.quarantined)],
    dataAsOf: changes.reduce<Instant | null>((latest, change) => Math.max(latest ?? change, change), null),
  };
}

/** Some list an update once for each of its collections. A later revision replaces, the same one adds. */
function merged(known: UpdateClaims, read: UpdateClaims): UpdateClaims {
  const [before, now] = [known.advisory.modified ?? 0, read.advisory.modified ?? 0];
  if (before !== now) return before > now ? known : read;
  return {
    advisory: known.advisory,
    claims: [...known.claims, ...read.claims],
    quarantined: [...known.quarantined, ...read.quarantined],
  };
}

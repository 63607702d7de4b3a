import { type Claim, orderOfScope, rangesOfEvents } from '@patchsteward/core/1-identification';
import type { OwnEntry, OwnRecord } from './own-schema.ts';
import type { OsvAffected } from './schema.ts';

type Said = Omit<
  Claim,
  'vulnerability' | 'feed' | 'advisory' | 'published' | 'publishedPrecision' | 'modified' | 'withdrawn'
>;

/** What a record of our own export says of packages; a text for each entry that cannot be used. */
export function ownSayings(affected: readonly OsvAffected[], own: OwnRecord): (Said | string)[] {
  const stated = own.statements.map(({ ranges, versions, ...entry }) => sayingOf(entry, { ranges, versions }));
  return [...affected.map(sayingOfAffected), ...stated];
}

function sayingOfAffected({ database_specific, ranges, versions }: OsvAffected): Said | string {
  const entry = database_specific?.patchsteward;
  if (entry === undefined) return 'it does not say as what it was judged';
  const order = orderOfScope(entry.scope);
  if (order === null) return unordered(entry);
  const events = (ranges ?? []).flatMap((range) => rangesOfEvents(range.events, order));
  return sayingOf(entry, { ranges: entry.ranges ?? events, versions: versions ?? [] });
}

function sayingOf(entry: OwnEntry, { ranges, versions }: Pick<Claim, 'ranges' | 'versions'>): Said | string {
  const order = orderOfScope(entry.scope);
  if (order === null) return unordered(entry);
  const impossible = versionsIn(ranges, versions).find((version) => !order.isValid(version));
  if (impossible !== undefined) return `${impossible} is no version`;
  const { scope, packageKind, packageName, status, authority, architectures, justification, impact, provenance } =
    entry;
  return {
    ...{ scope, packageKind, packageName, status, authority, ranges, versions },
    ...(architectures === undefined ? {} : { architectures }),
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined ? {} : { impact }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}

function versionsIn(ranges: Claim['ranges'], versions: readonly string[]): string[] {
  const bounds = ranges.flatMap(({ introduced, fixed, lastAffected }) => [introduced, fixed, lastAffected]);
  return [...bounds.filter((version) => version !== null), ...versions];
}

function unordered({ scope }: OwnEntry): string {
  return `the order of versions of ${scope} is not known`;
}

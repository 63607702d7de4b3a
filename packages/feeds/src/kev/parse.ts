import type { Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf, instantOfDay } from '../instant.ts';
import { parseJson } from '../json.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { KevCatalog, KevEntry } from './schema.ts';

/** A vulnerability that CISA knows to be exploited. // BOD 26-04: in KEV */
export interface KnownExploited {
  readonly vulnerability: string;
  /** CISA's name of it. */
  readonly name: string;
  readonly added: Instant;
  /** CISA's date for federal agencies; null where it gives none. */
  readonly due: Instant | null;
  /** Known to be used in ransomware campaigns. */
  readonly ransomware: boolean;
}

export interface Kev {
  readonly catalogVersion: string;
  readonly entries: readonly KnownExploited[];
  readonly quarantined: readonly Quarantined[];
  readonly dataAsOf: Instant | null;
}

/** Reads CISA's catalog. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseKev(bytes: Uint8Array): Kev {
  const catalog = KevCatalog.safeParse(parseJson(unpacked(bytes), 'the file'));
  if (!catalog.success) {
    throw new FeedUnreadable('not-this-feed', 'the file is not the catalog of known exploited vulnerabilities');
  }
  const { count, vulnerabilities, catalogVersion, dateReleased } = catalog.data;
  // A catalog that lost entries would take vulnerabilities off the emergency lane in silence.
  if (count !== vulnerabilities.length) {
    throw new FeedUnreadable(
      'incomplete',
      `the catalog announces ${count} entries but holds ${vulnerabilities.length}`,
    );
  }
  const entries = new Map<string, KnownExploited>();
  const refused: Quarantined[] = [];
  for (const [index, value] of vulnerabilities.entries()) {
    const entry = readEntry(value);
    if (typeof entry === 'string') refused.push(quarantined(`entry ${index + 1}`, entry));
    else if (entries.has(entry.vulnerability))
      refused.push(quarantined(entry.vulnerability, 'the catalog holds it twice'));
    else entries.set(entry.vulnerability, entry);
  }
  return { catalogVersion, entries: [...entries.values()], quarantined: refused, dataAsOf: instantOf(dateReleased) };
}

/** The entry; a text where it cannot be used. */
function readEntry(value: unknown): KnownExploited | string {
  const entry = KevEntry.safeParse(value);
  if (!entry.success) {
    const issue = entry.error.issues[0];
    return issue === undefined ? 'it is no entry' : `${issue.path.join('.')}: ${issue.message}`;
  }
  const { cveID, vulnerabilityName, dateAdded, dueDate, knownRansomwareCampaignUse } = entry.data;
  const added = instantOfDay(dateAdded);
  if (added === null) return `${cveID}: dateAdded is no day: ${dateAdded}`;
  const due = dueDate == null ? null : instantOfDay(dueDate);
  if (dueDate != null && due === null) return `${cveID}: dueDate is no day: ${dueDate}`;
  return {
    vulnerability: cveID,
    name: vulnerabilityName,
    added,
    due,
    ransomware: knownRansomwareCampaignUse === 'Known',
  };
}

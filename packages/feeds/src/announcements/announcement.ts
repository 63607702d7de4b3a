import type { Precision } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Quarantined } from '../quarantine.ts';

/** What a vendor tells everybody, for people to read: an entry of its RSS or Atom feed. // SOP P1.1, checklist c7 */
export interface Announcement {
  /** Its vendor's own name for it: `guid`, `atom:id`, `rdf:about`, or its link. */
  readonly entry: string;
  readonly title: string;
  /** Text alone: what was HTML has lost its marks. */
  readonly text: string;
  /** https alone; null: it has none. */
  readonly link: string | null;
  readonly published: Instant | null;
  readonly publishedPrecision: Precision;
  /** When its vendor changed it last; null: the form does not say (RSS 2.0). */
  readonly updated: Instant | null;
  /** The entry as it stands in the file, so that its hash can be computed again. */
  readonly source: string;
}

/** What a file of announcements says. */
export interface Announcements {
  readonly announcements: readonly Announcement[];
  readonly quarantined: readonly Quarantined[];
  /** The newest date of any entry. */
  readonly dataAsOf: Instant | null;
}

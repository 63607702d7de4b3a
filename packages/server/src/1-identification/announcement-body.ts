import type { Announcement, AnnouncementDetail } from '@patchsteward/contract';
import { PRODUCT_SCOPE, type TriageTarget } from '@patchsteward/core/1-identification';
import type { Reader } from '../platform/database.ts';
import { differenceOf } from './announcement-difference.ts';
import {
  type AnnouncementRow,
  readRevision,
  readRevisions,
  readTriages,
  type TriageRow,
} from './announcement-store.ts';
import { readSuggestions, type SuggestionRow } from './announcement-suggestion-store.ts';
import { cvesIn, namesIn } from './announcement-words.ts';
import { timeOf } from './assessment-body.ts';

/** Revisions that are listed; all are kept. */
const REVISIONS_SHOWN_MAX = 50;

export function announcementBody(row: AnnouncementRow): Announcement {
  const { id, feed, vendor, state, changed, revision, title, link: url, triage } = row;
  return {
    ...{ id, feed, vendor, state, changed, revision, title, url },
    published: row.published === null ? null : timeOf(row.published),
    seenAt: timeOf(row.seen_at),
    firstSeen: timeOf(row.first_seen),
    waitingSince: row.waiting_since === null ? null : timeOf(row.waiting_since),
    triage: triage === null ? null : triageBody(triage),
  };
}

function triageBody({ id, kind, revision, claim, why, person_name: by, at, undoes }: TriageRow) {
  return { id, kind, revision, claim, why, by, at: timeOf(at), undoes };
}

/** With all that helps whoever reads it: what changed, what was made of it, and what of ours it may mean. */
export async function announcementDetail(reader: Reader, row: AnnouncementRow): Promise<AnnouncementDetail> {
  const { id, title, body, triage } = row;
  const read = row.changed && triage !== null ? await readRevision(reader, id, triage.revision) : undefined;
  const suggested = await readSuggestions(reader, namesIn(title, body));
  return {
    ...announcementBody(row),
    ...{ entry: row.entry, text: body, sha256: row.sha256, fileSha256: row.file_sha256 },
    revisions: (await readRevisions(reader, id, REVISIONS_SHOWN_MAX)).map((one) => ({
      ...{ revision: one.revision, title: one.title, sha256: one.sha256, seenAt: timeOf(one.seen_at) },
    })),
    difference: read === undefined ? null : differenceOf(`${read.title}\n${read.body}`, `${title}\n${body}`),
    history: (await readTriages(reader, id)).map(triageBody),
    named: cvesIn(`${title}\n${body}`),
    suggestions: suggested.map(suggestionBody),
  };
}

function suggestionBody({ scope, source, versions, assets }: SuggestionRow) {
  return { target: targetOf(scope, source), versions: [...versions], assets };
}

function targetOf(scope: string, source: string): TriageTarget {
  if (scope !== PRODUCT_SCOPE) return { kind: 'package', release: scope, name: source };
  const slash = source.indexOf('/');
  return { kind: 'product', vendor: source.slice(0, slash), product: source.slice(slash + 1) };
}

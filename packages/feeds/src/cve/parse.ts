import { FeedUnreadable } from '../feed-unreadable.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { NewestRated, type RatedFile } from '../rated.ts';
import { readCveRecord } from './record.ts';
import { cveRecords } from './records.ts';
import { CveRecord } from './schema.ts';

/** Reads CVE records. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseCve(bytes: Uint8Array): RatedFile {
  const newest = new NewestRated();
  const refused: Quarantined[] = [];
  for (const { where, value } of cveRecords(bytes)) {
    const record = CveRecord.safeParse(value);
    if (!record.success) {
      const issue = record.error.issues[0];
      refused.push(
        quarantined(where, `${issue?.path.join('.') ?? 'the record'}: ${issue?.message ?? 'no CVE record'}`),
      );
      continue;
    }
    const read = readCveRecord(record.data);
    newest.add(read.rated);
    refused.push(...read.quarantined);
  }
  const rated = newest.all;
  if (rated.length === 0) {
    const first = refused[0];
    const why = first === undefined ? '' : ` that can be used (${first.record}: ${first.problem})`;
    throw new FeedUnreadable('not-this-feed', `the file holds no CVE record${why}`);
  }
  return { rated, quarantined: refused, dataAsOf: newest.dataAsOf };
}

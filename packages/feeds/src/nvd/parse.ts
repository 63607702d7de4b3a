import type { WrittenRating } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf } from '../instant.ts';
import { parseJson } from '../json.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { NewestRated, type Rated, type RatedFile } from '../rated.ts';
import { NvdItem, NvdPage } from './schema.ts';

const SCALES = {
  cvssMetricV40: 'cvss-4.0',
  cvssMetricV31: 'cvss-3.1',
  cvssMetricV30: 'cvss-3.0',
  cvssMetricV2: 'cvss-2.0',
} as const;

/** NVD repeats what others say under their ids; its own word has this one. */
const NVD_ITSELF = 'nvd@nist.gov';
/** The organization of CISA's Vulnrichment: an ADP, no CNA, of the vulnerabilities that it enriches. */
const CISA_ADP = '134c704f-9b21-4f2e-91b3-4a467353bcc0';

/** Reads a page of NVD's API, or a file of its yearly and daily exports. Throws FeedUnreadable. // NVD API 2.0 */
export function parseNvd(bytes: Uint8Array): RatedFile {
  const page = NvdPage.safeParse(parseJson(unpacked(bytes), 'the file'));
  if (!page.success) throw new FeedUnreadable('not-this-feed', 'the file is no page of NVD');
  const { vulnerabilities, resultsPerPage, startIndex, totalResults } = page.data;
  if (vulnerabilities.length < Math.min(resultsPerPage, totalResults - startIndex)) {
    throw new FeedUnreadable('incomplete', `the page lacks some of its ${resultsPerPage} vulnerabilities`);
  }
  const newest = new NewestRated();
  const refused: Quarantined[] = [];
  for (const [index, value] of vulnerabilities.entries()) {
    const item = NvdItem.safeParse(value);
    if (!item.success) refused.push(quarantined(`vulnerability ${startIndex + index + 1}`, 'it is none of NVD'));
    else newest.add(ratedOf(item.data, refused));
  }
  // The day of the page: a page of few vulnerabilities is as new as one of many.
  const dataAsOf = timeOf(page.data.timestamp) ?? newest.dataAsOf;
  return { rated: newest.all, quarantined: refused, dataAsOf };
}

function ratedOf({ cve }: NvdItem, refused: Quarantined[]): Rated {
  const { id, lastModified, metrics, vulnStatus } = cve;
  const rejected = vulnStatus?.toLowerCase() === 'rejected';
  const modified = timeOf(lastModified);
  const ratings: WrittenRating[] = [];
  for (const member of ['cvssMetricV40', 'cvssMetricV31', 'cvssMetricV30', 'cvssMetricV2'] as const) {
    for (const metric of metrics?.[member] ?? []) {
      if (metric === null) {
        refused.push(quarantined(id, `a metric in ${member} has no vector or no source`));
        continue;
      }
      const { vectorString: vector, baseScore, baseSeverity } = metric.cvssData;
      const level = baseSeverity ?? metric.baseSeverity ?? null;
      ratings.push({
        ...speakerOf(metric.source),
        ...{ distribution: null, record: id, at: modified, scale: SCALES[member], vector },
        stated: { score: baseScore ?? null, level },
      });
    }
  }
  return { vulnerability: id, record: id, ratings: rejected ? [] : ratings, points: [], rejected, modified };
}

function speakerOf(source: string): Pick<WrittenRating, 'voice' | 'source'> {
  if (source === NVD_ITSELF) return { voice: 'nvd', source: 'NVD' };
  return source === CISA_ADP ? { voice: 'adp', source: 'CISA-ADP' } : { voice: 'cna', source };
}

/** NVD writes UTC without saying so. */
function timeOf(text: string | null | undefined): Instant | null {
  if (text == null) return null;
  return instantOf(text.endsWith('Z') ? text : `${text}Z`);
}

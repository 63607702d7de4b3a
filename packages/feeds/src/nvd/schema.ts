import { z } from 'zod';
import { CvssData } from '../cve/schema.ts';
import { NameText } from '../name-text.ts';

// What we read of NVD's pages and yearly files 2.0 and no more. // csrc.nist.gov/schema/nvd/api/2.0

export const NvdPage = z.object({
  resultsPerPage: z.number().int().nonnegative(),
  startIndex: z.number().int().nonnegative(),
  totalResults: z.number().int().nonnegative(),
  timestamp: z.string().nullish(),
  vulnerabilities: z.array(z.unknown()),
});

const NvdMetric = z.object({
  source: NameText,
  cvssData: CvssData,
  /** Of version 2 it stands here. */
  baseSeverity: z.string().max(64).nullish().catch(null),
});

/** A metric that cannot be read costs itself, and not the vulnerability. */
const metrics = z.array(z.union([NvdMetric, z.null()]).catch(null)).nullish();

export const NvdItem = z.object({
  cve: z.object({
    id: NameText,
    vulnStatus: z.string().nullish(),
    lastModified: z.string().nullish(),
    metrics: z
      .object({ cvssMetricV40: metrics, cvssMetricV31: metrics, cvssMetricV30: metrics, cvssMetricV2: metrics })
      .nullish(),
  }),
});
export type NvdItem = z.infer<typeof NvdItem>;

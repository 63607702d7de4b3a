import { z } from 'zod';
import { NameText } from '../name-text.ts';

// What we read of CVE records 5.0 to 5.2 and no more; unknown members are dropped. // CVEProject/cve-schema

const CveId = z.string().regex(/^CVE-\d{4}-\d{4,}$/, 'no CVE id');

/** A part of a record that one organization wrote. */
const Container = z.object({
  title: z.string().nullish().catch(null),
  providerMetadata: z
    .object({
      orgId: z.string().nullish().catch(null),
      shortName: NameText.nullish().catch(null),
      dateUpdated: z.string().nullish().catch(null),
    })
    .nullish(),
  metrics: z.array(z.unknown()).nullish(),
});
export type Container = z.infer<typeof Container>;

export const CveRecord = z.object({
  cveMetadata: z.object({
    cveId: CveId,
    state: z.string(),
    assignerShortName: NameText.nullish().catch(null),
    dateUpdated: z.string().nullish(),
    datePublished: z.string().nullish(),
    dateRejected: z.string().nullish(),
  }),
  containers: z.object({ cna: Container, adp: z.array(Container).nullish() }),
});
export type CveRecord = z.infer<typeof CveRecord>;

export const CvssData = z.object({
  vectorString: z.string().max(1024),
  baseScore: z.number().min(0).max(10).nullish().catch(null),
  baseSeverity: z.string().max(64).nullish().catch(null),
});

/** A metric of another kind: its type says how to read the rest. */
export const OtherMetric = z.object({ type: z.string().max(256), content: z.record(z.string(), z.unknown()) });

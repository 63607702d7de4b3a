import { z } from 'zod';

// What we read of CISA's known_exploited_vulnerabilities.json; unknown members are dropped.

const TEXT_CHARACTERS_MAX = 4096;

export const KevCatalog = z.object({
  catalogVersion: z.string().min(1).max(64),
  dateReleased: z.string(),
  count: z.number().int().nonnegative(),
  vulnerabilities: z.array(z.unknown()),
});

export const KevEntry = z.object({
  cveID: z.string().regex(/^CVE-\d{4}-\d{4,}$/, 'no CVE id'),
  vulnerabilityName: z.string().max(TEXT_CHARACTERS_MAX),
  dateAdded: z.string(),
  dueDate: z.string().nullish(),
  knownRansomwareCampaignUse: z.enum(['Known', 'Unknown']).nullish(),
});
export type KevEntry = z.infer<typeof KevEntry>;

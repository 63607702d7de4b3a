/** How severe a vulnerability is, in the words of CVSS; `unknown` until a source says. // CVSS 4.0 §6 */
export const SEVERITIES = ['none', 'low', 'medium', 'high', 'critical', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * In what role a source speaks of severity: the vendor of the distribution whose package it is, the numbering authority
 * (CNA), an authorized publisher beside it (ADP, above all CISA), NVD, an aggregator, the vendor of another distribution.
 */
export const RATING_VOICES = ['vendor', 'cna', 'adp', 'nvd', 'aggregator', 'other-vendor'] as const;
export type RatingVoice = (typeof RATING_VOICES)[number];

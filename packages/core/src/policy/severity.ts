/** How severe a vulnerability is, in the words of CVSS; `unknown` until a source says. // CVSS 4.0 §6 */
export const SEVERITIES = ['none', 'low', 'medium', 'high', 'critical', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

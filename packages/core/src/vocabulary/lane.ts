/**
 * How fast a change must travel. NIST SP 800-40r4 §2.3: routine patching, emergency patching, emergency mitigation;
 * critical is the procedure's own 48 hours. // SOP S1 S2 S3
 */
export const LANES = ['routine', 'critical', 'emergency', 'mitigation'] as const;
export type Lane = (typeof LANES)[number];

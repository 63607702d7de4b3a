import { RATING_VOICES } from '@patchsteward/core/policy';
import { z } from 'zod';
import { Intelligence, SeverityText } from './parts.ts';
import { Timestamp } from './units.ts';

/** The rating of one source, as it was written and as it was weighed. */
const RatingBody = z
  .object({
    voice: z.enum(RATING_VOICES),
    source: z.string(),
    /** The distribution of whose packages a vendor speaks; null: of the vulnerability anywhere. */
    distribution: z.string().nullable(),
    scale: z.enum(['cvss-4.0', 'cvss-3.1', 'cvss-3.0', 'cvss-2.0', 'words']),
    vector: z.string().nullable(),
    /** CVSS base score, computed from the vector wherever there is one. */
    score: z.number().nullable(),
    level: SeverityText,
    stated: z.object({ score: z.number().nullable(), level: z.string().nullable() }),
    /** What is stated cannot follow from the vector, or the vector is none. */
    problem: z.enum(['vector-unreadable', 'score-differs', 'level-differs']).nullable(),
    record: z.string(),
    at: Timestamp.nullable(),
    /** Whether it is the one that counts; otherwise the first difference to that one. */
    place: z.enum([
      'believed',
      'voice-comes-later',
      'older-scale',
      'less-severe',
      'older',
      'said-before',
      'voice-not-believed',
      'says-nothing',
    ]),
  })
  .meta({ id: 'Rating' });

const SsvcPointBody = z
  .object({
    source: z.string(),
    exploitation: z.enum(['none', 'public_poc', 'active']).nullable(),
    automatable: z.boolean().nullable(),
    technicalImpact: z.enum(['partial', 'total']).nullable(),
    /** The edition of the table that it was decided for. */
    version: z.string().nullable(),
    at: Timestamp.nullable(),
    /** The newest is the one that counts. */
    counts: z.boolean(),
  })
  .meta({ id: 'SsvcPoint' });

const UrgencyChangeBody = z
  .object({
    at: Timestamp,
    /** Up at once; down waits, until a person agrees. */
    kind: z.enum(['raised', 'held', 'agreed']),
    what: z.enum(['rating', 'known-exploited']),
    /** null: a person did it. */
    feed: z.string().nullable(),
    before: z.string(),
    after: z.string(),
  })
  .meta({ id: 'UrgencyChange' });

export const SeverityWords = z
  .object({
    vulnerability: z.string(),
    /** For whose packages the ratings are placed; null: for those of nobody in particular. */
    distribution: z.string().nullable(),
    /** What counts there, with the word of Security before all sources. */
    intelligence: Intelligence,
    /** CVSS base score of the believed rating. */
    cvss: z.number().nullable(),
    /** Whom the policy believes, first to last. */
    voices: z.array(z.enum(RATING_VOICES)),
    ratings: z.array(RatingBody),
    points: z.array(SsvcPointBody),
    /** What counts on the distributions whose vendors speak. */
    elsewhere: z.array(z.object({ distribution: z.string(), severity: SeverityText, from: z.string().nullable() })),
    /** What moved it while assets had it, or would have: both words, the newest first. */
    changes: z.array(UrgencyChangeBody),
  })
  .meta({ id: 'SeverityWords' });
export type SeverityWords = z.infer<typeof SeverityWords>;

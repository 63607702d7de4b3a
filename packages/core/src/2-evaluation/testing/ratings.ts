import type { Rating, WrittenRating } from '../rating.ts';

/** A rating with a vector, as a CNA gives it. */
export function written(members: Partial<WrittenRating> = {}): WrittenRating {
  return {
    ...{ voice: 'cna', source: 'redhat', distribution: null, record: 'CVE-2026-0001', at: Date.UTC(2026, 6, 1) },
    ...{ scale: 'cvss-3.1', vector: 'CVSS:3.1/…', stated: { score: null, level: null } },
    ...members,
  };
}

export function rating(members: Partial<Rating> = {}): Rating {
  return { ...written(), score: 5.5, level: 'medium', problem: null, ...members };
}

import type { Voter } from '../../policy/index.ts';
import { DAY_MS } from '../../vocabulary/index.ts';
import type { RiskAnswer } from '../risk-answer.ts';
import type { ResponseBasis, ResponseTerms } from '../risk-response.ts';
import { NOW } from './samples.ts';

export const IT: Voter = { person: 'ina', roles: ['it'] };
export const OWNER: Voter = { person: 'otto', roles: ['owner'] };
export const SECURITY: Voter = { person: 'sina', roles: ['security'] };

export function terms(members: Partial<ResponseTerms> = {}): ResponseTerms {
  return {
    ...{ kind: 'accept', owner: 'Web team', why: 'The vendor is asked.', control: null, evidence: null },
    ...{ until: NOW + 10 * DAY_MS, lane: null, due: null },
    ...members,
  };
}

export function basis(members: Partial<ResponseBasis> = {}): ResponseBasis {
  return { findings: 3, assets: 1, lane: 'critical', due: NOW + DAY_MS, exploited: 0, fixless: 0, ...members };
}

/** Accepted for ten days. */
export function answer(members: Partial<RiskAnswer> = {}): RiskAnswer {
  return {
    ...{ response: 'r1', kind: 'accept', from: NOW, until: NOW + 10 * DAY_MS, endedAt: null },
    ...{ lane: null, due: null, raise: false, basis: { lane: 'critical', exploited: false, fixless: false } },
    ...members,
  };
}

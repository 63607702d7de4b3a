import type { CaAnswer, CheckInAnswer, EnrollAnswer, RenewAnswer } from '@patchsteward/contract';
import { SECTION_NAMES, type SectionName } from '@patchsteward/core/vocabulary';
import { isRecord } from '../platform/json.ts';
import { Problem } from '../platform/problem.ts';
import { tasksOf } from './tasks.ts';

/** The server's answer does not keep the contract: it is newer than this agent can follow, or something is between. */
export class AnswerError extends Problem {
  constructor(question: string) {
    super(
      'answer-not-understood',
      `the server's answer to "${question}" is not understood`,
      'update the agent, or look for a proxy in between',
    );
  }
}

export function caAnswerOf(value: unknown): CaAnswer {
  if (isRecord(value) && typeof value['caPem'] === 'string') return { caPem: value['caPem'] };
  throw new AnswerError('ca');
}

export function enrollAnswerOf(value: unknown): EnrollAnswer {
  if (isRecord(value)) {
    const { assetId, certificatePem, caPem, nextPollMs } = value;
    if (
      typeof assetId === 'string' &&
      typeof certificatePem === 'string' &&
      typeof caPem === 'string' &&
      typeof nextPollMs === 'number'
    ) {
      return { assetId, certificatePem, caPem, nextPollMs };
    }
  }
  throw new AnswerError('enroll');
}

export function renewAnswerOf(value: unknown): RenewAnswer {
  if (isRecord(value)) {
    const { certificatePem, caPem } = value;
    if (typeof certificatePem === 'string' && typeof caPem === 'string') return { certificatePem, caPem };
  }
  throw new AnswerError('renew');
}

export function checkInAnswerOf(value: unknown): CheckInAnswer {
  if (isRecord(value)) {
    const { accepted, missing, nextPollMs, tasks } = value;
    const understood = typeof accepted === 'boolean' && typeof nextPollMs === 'number' && areSections(missing);
    // Neither accepted nor anything asked for: there is no next step.
    if (understood && (accepted || missing.length > 0)) {
      return { accepted, missing: [...missing], nextPollMs, tasks: tasksOf(tasks) };
    }
  }
  throw new AnswerError('check-in');
}

function areSections(value: unknown): value is readonly SectionName[] {
  return Array.isArray(value) && value.every((name: unknown) => SECTION_NAMES.some((section) => section === name));
}

export function assertStored(value: unknown): void {
  if (!isRecord(value) || value['stored'] !== true) throw new AnswerError('sections');
}

import type { LogFields } from '../platform/log.ts';
import type { Problem } from '../platform/problem.ts';
import { ServerRefusal, ServerUnreachable } from './server-errors.ts';

const SERVER_ERROR_MIN = 500;

/** Nothing is wrong with the question: the same one may be answered in a moment. */
export function isPassing(error: unknown): error is ServerRefusal | ServerUnreachable {
  if (error instanceof ServerUnreachable) return !error.foreign;
  return error instanceof ServerRefusal && (error.status >= SERVER_ERROR_MIN || error.has('rate-limited'));
}

/** The server will say the same until a person acts: to ask again would only make noise. */
export function isFinal(error: Problem): boolean {
  return error instanceof ServerRefusal && (error.has('agent-unknown') || error.has('agent-revoked'));
}

export function logFields(problem: Problem): LogFields {
  const requestId = problem instanceof ServerRefusal ? problem.requestId : null;
  return { code: problem.code, problem: problem.message, whatToDo: problem.whatToDo, requestId };
}

import { ApiError, NotTheServerError } from '@patchsteward/contract/client';
import { UnreachableError } from './client.ts';
import { strings } from './strings.ts';

/** A failure as a person reads it: what happened, what helps, and what to name when asking for help. */
export interface FailureText {
  readonly title: string;
  readonly whatToDo: string;
  readonly requestId: string | null;
  readonly details: readonly { readonly path: string; readonly problem: string }[];
}

/** Failures of the server itself; of the others the log says nothing more. */
const REPORTED: ReadonlySet<string> = new Set(['internal', 'database-gone', 'disk-full']);

/** `of`: a form, whose person never saw a request. */
export function failureText(error: unknown, of: 'form' | 'request' = 'request'): FailureText {
  if (of === 'form' && error instanceof ApiError && error.code === 'bad-request') {
    return { ...plain(strings.failure.fields), details: error.details };
  }
  if (error instanceof ApiError) {
    return {
      title: sentence(error.message),
      whatToDo: error.whatToDo,
      requestId: REPORTED.has(error.code) ? error.requestId : null,
      // A refusal with one cause says it twice.
      details: error.details.filter(({ problem }) => problem !== error.message),
    };
  }
  if (error instanceof UnreachableError) return plain(strings.failure.unreachable);
  if (error instanceof NotTheServerError) return plain(strings.failure.notTheServer(error.status));
  return plain(strings.failure.bug);
}

function plain(text: { readonly title: string; readonly whatToDo: string }): FailureText {
  return { ...text, requestId: null, details: [] };
}

/** Messages are written for logs, in lower case and without a full stop. */
function sentence(message: string): string {
  const capital = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** Whether asking again may help: a refusal stays a refusal. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.code === 'database-gone' || error.code === 'shutting-down';
  return error instanceof UnreachableError;
}

import { createClient } from '@patchsteward/contract/client';
import { reached, unreached } from './connection.ts';
import { noteServerDate } from './now.ts';

/** No answer at all: no network, or no server behind it. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('the server does not answer', { cause });
    this.name = 'UnreachableError';
  }
}

async function fetchNoted(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, { ...init, credentials: 'same-origin', redirect: 'error' });
  } catch (cause) {
    if (init?.signal?.aborted === true) throw cause;
    unreached();
    throw new UnreachableError(cause);
  }
  reached();
  noteServerDate(response.headers.get('date'));
  return response;
}

/** Calls a route of the contract on the server that served this page. */
export const call = createClient({ base: '', fetch: fetchNoted });

import type { z } from 'zod';
import { ENDPOINTS, type EndpointId } from './endpoints.ts';
import type { ErrorBody, ErrorCode } from './errors.ts';
import type { ROUTES } from './routes.ts';

type RouteOf<Id extends EndpointId> = (typeof ROUTES)[Id];
type BodyOf<B> = B extends z.ZodType
  ? { readonly body: z.input<B> }
  : B extends 'bytes'
    ? { readonly body: BodyInit }
    : { readonly body?: never };
type PartOf<Name extends string, S extends z.ZodType> = keyof z.input<S> extends never
  ? { readonly [N in Name]?: never }
  : Record<never, never> extends z.input<S>
    ? { readonly [N in Name]?: z.input<S> }
    : { readonly [N in Name]: z.input<S> };

/** What a call of this route takes, before defaults are filled in. */
export type CallInput<Id extends EndpointId> = PartOf<'params', RouteOf<Id>['params']> &
  PartOf<'query', RouteOf<Id>['query']> &
  BodyOf<RouteOf<Id>['body']>;

/** A file comes as the response that carries it: its reader decides whether to keep it in memory. */
export type CallAnswer<Id extends EndpointId> = RouteOf<Id>['answer'] extends z.ZodType
  ? z.output<RouteOf<Id>['answer']>
  : Response;

/** The server refused; `code` says why, `whatToDo` what helps. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly whatToDo: string;
  readonly requestId: string;
  readonly details: readonly { path: string; problem: string }[];

  constructor(body: ErrorBody) {
    super(body.error.message);
    this.name = 'ApiError';
    this.code = body.error.code;
    this.whatToDo = body.error.whatToDo;
    this.requestId = body.error.requestId;
    this.details = body.error.details ?? [];
  }
}

/** The answer was neither the contract's nor an error of the contract: something else stands at this address. */
export class NotTheServerError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the answer (HTTP ${status}) does not come from a Patchsteward server`);
    this.name = 'NotTheServerError';
    this.status = status;
  }
}

export interface ClientOptions {
  /** Origin of the server; empty in a browser that the server itself serves. */
  readonly base: string;
  readonly fetch: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Client = <Id extends EndpointId>(
  id: Id,
  input: CallInput<Id>,
  signal?: AbortSignal,
) => Promise<CallAnswer<Id>>;

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: unknown;
}

/** A function that calls routes by their id. Answers are the contract's types; refusals are thrown as ApiError. */
export function createClient(options: ClientOptions): Client {
  return async (id, input, signal) => {
    const { params, query, body } = input as LooseInput;
    const { method, path } = ENDPOINTS[id];
    const raw = body instanceof Blob || body instanceof ReadableStream || body instanceof Uint8Array;
    const response = await options.fetch(options.base + addressOf(path, params ?? {}, query ?? {}), {
      method,
      headers: {
        ...options.headers,
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
      ...(signal === undefined ? {} : { signal }),
    });

    // Our files say what becomes of them, to be saved or to be shown; the page of a proxy does not.
    const file = response.ok && /^(?:attachment|inline)\b/.test(response.headers.get('content-disposition') ?? '');
    return (file ? response : await answerOf(response)) as CallAnswer<typeof id>;
  };
}

function addressOf(path: string, params: Readonly<Record<string, string>>, query: Query): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

async function answerOf(response: Response): Promise<unknown> {
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  if (isErrorBody(answer)) throw new ApiError(answer);
  throw new NotTheServerError(response.status);
}

function isErrorBody(answer: unknown): answer is ErrorBody {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'error' in answer &&
    typeof answer.error === 'object' &&
    answer.error !== null &&
    'code' in answer.error
  );
}

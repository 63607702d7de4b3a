import { z } from 'zod';
import { ENDPOINTS, type EndpointId } from './endpoints.ts';
import {
  EXCEPTION_BODY_BYTES_MAX,
  ExceptionDetail,
  ExceptionPage,
  ExceptionPreview,
  ExceptionQuery,
  ExceptionRenewal,
  ExceptionRequest,
  ExceptionWhy,
} from './exception.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { Id } from './units.ts';

function at<Id extends EndpointId>(id: Id): { readonly id: Id } & (typeof ENDPOINTS)[Id] {
  return { id, ...ENDPOINTS[id] };
}

const Nothing = z.object({});
const ById = z.object({ id: Id });
const DEFAULTS = {
  params: Nothing,
  query: Nothing,
  body: 'none',
  access: 'person',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
/** What each act on one response may be refused for. */
const ACT = {
  ...DEFAULTS,
  params: ById,
  answer: ExceptionDetail,
  errors: ['conflict', 'requester-is-approver'],
} as const;

/** Answers to risks: asked for by one person, agreed to by others, open again by themselves. // SP 800-40r4 §2.2 */
export const EXCEPTION_ROUTES = {
  'exception.list': {
    ...DEFAULTS,
    ...at('exception.list'),
    summary: 'Risks that somebody answers for, those that end soon first.',
    query: ExceptionQuery,
    answer: ExceptionPage,
  },
  'exception.show': {
    ...DEFAULTS,
    ...at('exception.show'),
    summary: 'One answer to a risk, what it covers and what happened to it.',
    params: ById,
    answer: ExceptionDetail,
  },
  'exception.preview': {
    ...DEFAULTS,
    ...at('exception.preview'),
    summary: 'What would be answered for and who would have to agree. Changes nothing.',
    body: ExceptionRequest,
    bodyBytesMax: EXCEPTION_BODY_BYTES_MAX,
    answer: ExceptionPreview,
  },
  'exception.request': {
    ...DEFAULTS,
    ...at('exception.request'),
    summary: 'Asks that a risk is answered for until a day, or that it is more urgent from now on.',
    body: ExceptionRequest,
    bodyBytesMax: EXCEPTION_BODY_BYTES_MAX,
    answer: ExceptionDetail,
  },
  'exception.agree': {
    ...ACT,
    ...at('exception.agree'),
    summary: 'Agrees to it; whoever asked never does.',
  },
  'exception.refuse': {
    ...ACT,
    ...at('exception.refuse'),
    summary: 'Refuses it.',
    body: ExceptionWhy,
  },
  'exception.revoke': {
    ...ACT,
    ...at('exception.revoke'),
    summary: 'Ends it before its day; what it covers is open again. Before it stands its requester takes it back so.',
    body: ExceptionWhy,
  },
  'exception.renew': {
    ...ACT,
    ...at('exception.renew'),
    summary: 'Asks for the same again until a later day; the second names the first.',
    body: ExceptionRenewal,
  },
} as const satisfies Partial<Record<EndpointId, Route>>;

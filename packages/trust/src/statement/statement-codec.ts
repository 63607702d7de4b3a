import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { PAYLOAD_BYTES_MAX, type PayloadType } from '../dsse/index.ts';
import { accepted, type Outcome, refused, unreadable } from '../refusal.ts';
import { type Decoder, nullable, type Read, record, variant } from '../strict/decoder.ts';
import { decodeDocument, encodeDocument } from '../strict/document.ts';
import { login, word } from '../strict/names.ts';
import { hashText, instant, instantText, oneOf } from '../strict/scalars.ts';
import { STATEMENT_BODIES, type StatementKind } from './statement-bodies.ts';
import { STATEMENT_RULES } from './statement-rule.ts';

/** A person's word, before it is signed. */
export type Statement = {
  readonly [Kind in StatementKind]: {
    readonly kind: Kind;
    readonly campaign: string;
    /** The plan that it speaks of; null where it speaks of none. */
    readonly plan: Hash | null;
    readonly body: Read<(typeof STATEMENT_BODIES)[Kind]>;
    readonly by: string;
    readonly at: Instant;
  };
}[StatementKind];

const KINDS = Object.keys(STATEMENT_BODIES).filter(isKind);

const wireStatement = variant('kind', Object.fromEntries(KINDS.map((kind) => [kind, ofKind(kind)])));

function ofKind(kind: StatementKind): Decoder<unknown> {
  return record({
    type: oneOf([typeOf(kind)]),
    kind: oneOf([kind]),
    campaign: word,
    plan: STATEMENT_RULES[kind].ofPlan ? hashText : nullable(hashText),
    body: STATEMENT_BODIES[kind],
    by: login,
    at: instant,
  });
}

/** The bytes to sign, under the payload type of its kind. */
export function encodeStatement(statement: Statement): Uint8Array {
  return encodeDocument(wireOf(statement), wireStatement, PAYLOAD_BYTES_MAX);
}

/** What a person wants to say, in the JSON of the wire; only whoever reads it back knows whether it can be said. */
interface StatementWish {
  readonly kind: StatementKind;
  readonly campaign: string;
  readonly plan: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly at: Instant;
}

/** The bytes to sign for a wish that a program did not make itself: read as strictly as they will be in the end. */
export function draftStatement(
  wish: StatementWish,
): Outcome<{ readonly payload: Uint8Array; readonly payloadType: PayloadType }> {
  const { payloadType } = STATEMENT_RULES[wish.kind];
  const wire = { type: typeOf(wish.kind), ...wish, at: instantText(wish.at) };
  const payload = Buffer.from(canonicalJson(wire), 'utf8');
  const read = decodeStatement(payload, payloadType);
  return read.ok ? accepted({ payload, payloadType }) : read;
}

/** Refused as well where the bytes are of a kind that belongs under another payload type. */
export function decodeStatement(payload: Uint8Array, payloadType: string): Outcome<Statement> {
  const read = decodeDocument(payload, wireStatement, PAYLOAD_BYTES_MAX);
  if (!read.ok) return unreadable('payload-unreadable', read.fault);
  // `variant` read it with the decoder of its kind, whose fields are exactly these and `type`.
  const { type: _, ...statement } = read.value as Statement & { readonly type: string };
  const { payloadType: expected } = STATEMENT_RULES[statement.kind];
  if (payloadType !== expected) return refused('payload-type-wrong', `${statement.kind} under ${payloadType}`);
  return accepted(statement);
}

export function payloadTypeOf({ kind }: Statement): PayloadType {
  return STATEMENT_RULES[kind].payloadType;
}

function typeOf(kind: StatementKind): string {
  return kind === 'waiver' || kind === 'halt' ? kind : 'statement';
}

function wireOf(statement: Statement) {
  const body = Object.entries(statement.body).map(([name, value]) => [
    name,
    (name === 'expiresAt' || name === 'due') && typeof value === 'number' ? instantText(value) : value,
  ]);
  return { type: typeOf(statement.kind), ...statement, body: Object.fromEntries(body), at: instantText(statement.at) };
}

function isKind(text: string): text is StatementKind {
  return Object.hasOwn(STATEMENT_BODIES, text);
}

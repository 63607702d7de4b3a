import { PLAN_KINDS, type PlanBody, type PlanSummary } from '@patchsteward/core/plan';
import { CRITICALITIES, type Hash, LANES } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { PAYLOAD_BYTES_MAX } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { accepted, type Outcome, unreadable } from '../refusal.ts';
import { checked, type Decoder, list, nullable, record } from '../strict/decoder.ts';
import { decodeDocument, encodeDocument } from '../strict/document.ts';
import { login, packageName, packageVersion, productName, productVersion, word } from '../strict/names.ts';
import { hashText, instant, instantText, oneOf, whole } from '../strict/scalars.ts';

/** Ten times the largest fleet that this is built for. */
export const LEAVES_MAX = 100_000;
const WAVES_MAX = 1_000;
/** Distinct upgrades of one plan: what one release of a distribution changes in a year. */
const PACKAGES_MAX = 5_000;
const EVIDENCE_MAX = 2_000;
const SUPERSEDED_MAX = 100;

const hosts = whole(0, LEAVES_MAX);

const packageStep = record({ name: packageName, from: nullable(packageVersion), to: nullable(packageVersion), hosts });
const productStep = record({ name: productName, from: productVersion, to: productVersion, hosts });
/** Only a product's name has a slash. */
const step: Decoder<PlanSummary['packages'][number]> = (value, path) =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  value.name.includes('/')
    ? productStep(value, path)
    : packageStep(value, path);

const summary: Decoder<PlanSummary> = record({
  hosts,
  waves: whole(1, WAVES_MAX),
  packages: list(step, {
    countMin: 1,
    countMax: PACKAGES_MAX,
  }),
  reboots: hosts,
  withoutRollback: hosts,
  withoutBackup: hosts,
  firstStart: instant,
  lastEnd: instant,
});

const wirePlan = checked(
  record({
    type: oneOf(['plan']),
    campaign: word,
    kind: oneOf(PLAN_KINDS),
    lane: oneOf(LANES),
    requester: login,
    parent: nullable(hashText),
    supersedes: list(hashText, { countMax: SUPERSEDED_MAX, rising: (plan) => plan }),
    rootVersion: whole(1, Number.MAX_SAFE_INTEGER),
    policyHash: hashText,
    leavesRoot: hashText,
    leafCount: whole(1, LEAVES_MAX),
    criticality: oneOf(CRITICALITIES),
    epoch: whole(1, Number.MAX_SAFE_INTEGER),
    evidence: list(record({ kind: word, hash: hashText }), {
      countMax: EVIDENCE_MAX,
      rising: ({ kind, hash }) => `${kind} ${hash}`,
    }),
    notAfter: instant,
    summary,
  }),
  agrees,
);

/** What a body must not say whatever its leaves are. */
function agrees({ kind, parent, leafCount, notAfter, summary: told }: Omit<PlanBody, 'requester'>): boolean {
  const rollsBackSomething = kind !== 'rollback' || parent !== null;
  return rollsBackSomething && told.hosts === leafCount && told.firstStart < told.lastEnd && told.lastEnd <= notAfter;
}

/** The bytes that people sign; kept and sent verbatim ever after. // decided 9 */
export function encodePlan(body: PlanBody): Uint8Array {
  return encodeDocument(wireOf(body), wirePlan, PAYLOAD_BYTES_MAX);
}

export function decodePlan(payload: Uint8Array): Outcome<PlanBody> {
  const read = decodeDocument(payload, wirePlan, PAYLOAD_BYTES_MAX);
  if (!read.ok) return unreadable('payload-unreadable', read.fault);
  const { type: _, ...body } = read.value;
  return accepted(body);
}

/** A plan is its bytes. // decided 9 */
export function planIdOf(payload: Uint8Array): Hash {
  return sha256(payload);
}

/** One plan on one host in one epoch: what is offered, granted and done at most once. // rollout §2.6 */
export function jobKey({ plan, assetId, epoch }: { plan: Hash; assetId: string; epoch: number }): Hash {
  return sha256(canonicalJson({ plan, assetId, epoch }));
}

function wireOf(body: PlanBody) {
  const { notAfter, summary: told } = body;
  return {
    type: 'plan',
    ...body,
    notAfter: instantText(notAfter),
    summary: { ...told, firstStart: instantText(told.firstStart), lastEnd: instantText(told.lastEnd) },
  };
}

import type { PlanShown } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { PlanBody, PlanLeaf } from '@patchsteward/core/plan';
import { type Envelope, payloadOf, readEnvelope } from '@patchsteward/trust/dsse';
import { checkPlanAgainstLeaves, decodePlan, decodePlanLeaf, planIdOf } from '@patchsteward/trust/plan';
import type { Context } from '../platform/context.ts';
import { Failure } from '../platform/failure.ts';

/** A plan as it is, not as the server tells it: everything below was made again from the bytes. // rollout-and-trust §3.4 */
export interface LoadedPlan {
  readonly plan: string;
  readonly body: PlanBody;
  readonly leaves: readonly PlanLeaf[];
  readonly envelope: Envelope;
  readonly signatures: PlanShown['signatures'];
}

/** A page of leaves; a fleet of 100,000 hosts is a thousand of them. */
const PAGES_MAX = 1_000;

/** Fetches a plan with ALL its work orders, and refuses to go on where its body says anything that they do not. */
export async function loadPlan(client: Client, plan: string, context: Context): Promise<LoadedPlan> {
  const shown = await client('plan.show', { params: { plan } });
  const envelope = readEnvelope(shown.envelope);
  if (!envelope.ok) throw contradicts(`the plan cannot be read: ${envelope.refusal.detail}`);
  const payload = payloadOf(envelope.value);
  if (planIdOf(payload) !== plan) throw contradicts('the bytes are not those of this plan');
  const body = decodePlan(payload);
  if (!body.ok) throw contradicts(`the plan cannot be read: ${body.refusal.detail}`);
  const bytes = await loadLeaves(client, plan, context);
  const [fact] = checkPlanAgainstLeaves(body.value, bytes, null);
  if (fact !== undefined) throw contradicts(`${fact.kind} (${fact.detail})`);
  return {
    plan,
    body: body.value,
    leaves: bytes.map(leafOf),
    envelope: envelope.value,
    signatures: shown.signatures,
  };
}

async function loadLeaves(client: Client, plan: string, context: Context): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    context.progress.show('reading work orders', leaves.length);
    const { items, next } = await client('plan.leaves', {
      params: { plan },
      query: cursor === undefined ? {} : { cursor },
    });
    leaves.push(...items.map(({ leaf }) => Buffer.from(leaf, 'base64')));
    if (next === null || items.length === 0) return leaves;
    cursor = next;
  }
  throw contradicts('it has more work orders than any fleet has hosts');
}

function leafOf(bytes: Uint8Array): PlanLeaf {
  const leaf = decodePlanLeaf(bytes);
  if (leaf.ok) return leaf.value;
  throw contradicts(`a work order cannot be read: ${leaf.refusal.detail}`);
}

/** Never signed: either the server is broken, or somebody wants a signature under something else. */
function contradicts(what: string): Failure {
  return new Failure(
    `the server and the plan contradict each other: ${what}`,
    'sign nothing, and tell Security; nothing was signed here',
  );
}

import type { StatementDraftRequest } from '@patchsteward/contract';
import { fromBase64 } from '../platform/base64.ts';
import { call } from '../platform/client.ts';
import { signWithPasskey } from '../platform/signing.ts';
import { strings } from '../platform/strings.ts';
import { saysTheSame } from './signed-word.ts';

/** What the server gave to be signed is not what the person saw. */
export class OtherWordError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OtherWordError';
  }
}

/** Says it in the person's name: drafted by the server, looked at here, signed on the device, sent. */
export async function signStatement(campaign: string, draft: StatementDraftRequest) {
  const drafted = await call('statement.draft', { params: { id: campaign }, body: draft });
  const payload = fromBase64(drafted.payload);
  if (!saysTheSame(payload, { campaign, draft })) throw new OtherWordError(strings.campaign.act.differs);
  const signature = await signWithPasskey(drafted.payloadType, payload);
  const envelope = { payloadType: drafted.payloadType, payload: drafted.payload, signatures: [signature] };
  return call('statement.sign', { params: { id: campaign }, body: { envelope } });
}

/** A plan is its bytes: what hashes to the plan that is shown is what is signed. // decided 9 */
export async function signPlan(plan: string, intent: 'test' | 'request' | 'approve', why: string | null) {
  const { envelope } = await call('plan.show', { params: { plan } });
  const payload = fromBase64(envelope.payload);
  if ((await hashOf(payload)) !== plan) throw new OtherWordError(strings.campaign.act.planDiffers);
  const { keyid, sig } = await signWithPasskey(envelope.payloadType, payload);
  return call('plan.sign', { params: { plan }, body: { keyid, sig, intent, why } });
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

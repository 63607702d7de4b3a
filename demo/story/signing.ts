import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import { encodeStatement, payloadTypeOf, type Statement } from '@patchsteward/trust/statement';
import type { Staff } from '../house/founding.ts';
import { type Signer, signatureOf, signedBy } from '../house/keys.ts';
import type { DemoLogin } from './people.ts';

interface PlanSignature {
  readonly plan: string;
  readonly login: DemoLogin;
  readonly intent: 'request' | 'approve' | 'test';
  /** Told by whoever asks; the others need give no reason. */
  readonly why: string | null;
}

/** One person signs a plan with their own key, as the server shows it. */
export async function signPlan(staff: Staff, { plan, login, intent, why }: PlanSignature): Promise<void> {
  const { envelope } = await staff.clients[login]('plan.show', { params: { plan } });
  const sealed = sealEnvelope(PAYLOAD_TYPES.plan, Buffer.from(envelope.payload, 'base64'));
  const signature = await signatureOf(signerOf(staff, login), sealed);
  await staff.clients[login]('plan.sign', { params: { plan }, body: { ...signature, intent, why } });
}

/** One person signs what they say of a campaign. */
export async function signStatement(staff: Staff, login: DemoLogin, statement: Statement): Promise<void> {
  const sealed = sealEnvelope(payloadTypeOf(statement), encodeStatement(statement));
  const { payloadType, payload, signatures } = await signedBy(sealed, signerOf(staff, login));
  const envelope = { payloadType, payload, signatures: [...signatures] };
  await staff.clients[login]('statement.sign', { params: { id: statement.campaign }, body: { envelope } });
}

function signerOf({ signers }: Staff, login: DemoLogin): Signer {
  const signer = signers[login];
  if (signer === undefined) throw new TypeError(`${login} signs nothing`);
  return signer;
}

import type { Passkey, PasskeyList } from '@patchsteward/contract';
import { queryOptions } from '@tanstack/react-query';
import { fromBase64Url, toBase64 } from './base64.ts';
import { call } from './client.ts';
import { strings } from './strings.ts';

/** Long enough to find the authenticator and to unlock it. */
const CEREMONY_MS_MAX = 120_000;

type SigningStop = keyof typeof strings.signing.stopped;

/** Nothing was signed, and nobody forged anything: the message says to the reader what helps. */
export class SigningStopped extends Error {
  readonly why: SigningStop;

  constructor(why: SigningStop, site: string | null) {
    super(strings.signing.stopped[why](site ?? ''));
    this.name = 'SigningStopped';
    this.why = why;
  }
}

interface PasskeySignature {
  readonly keyid: string;
  readonly sig: string;
}

/** The person's own passkeys; below `account`, so that whatever changes the account renews it. */
export const passkeysQuery = queryOptions({
  queryKey: ['account', 'passkeys'],
  queryFn: ({ signal }) => call('passkey.list', {}, signal),
});

/** Why the person cannot sign here now, as a sentence for the reader; null where they can. */
export function canSign(list: PasskeyList): { readonly ok: true } | { readonly ok: false; readonly sentence: string } {
  const stop = stopOf(list);
  return stop === null ? { ok: true } : { ok: false, sentence: new SigningStopped(stop, list.site).message };
}

/** A signature by the person's passkey, as envelopes carry it. // decided 28, WebAuthn §7.2 */
export async function signWithPasskey(payloadType: string, payload: Uint8Array): Promise<PasskeySignature> {
  const list = await call('passkey.list', {});
  const stop = stopOf(list);
  if (stop !== null || list.site === null) throw new SigningStopped(stop ?? 'no-site', list.site);
  const usable = usableOf(list);
  const assertion = await assertionOver(payloadType, payload, { site: list.site, usable });
  const used = usable.find(({ credentialId }) => credentialId === assertion.credentialId);
  if (used === undefined) throw new SigningStopped('not-in-root', list.site);
  return { keyid: used.keyid, sig: assertion.sig };
}

interface Assertion {
  readonly credentialId: string;
  readonly sig: string;
}

/** Asks the authenticator; the challenge binds its answer to exactly this payload under this type. */
export async function assertionOver(
  payloadType: string,
  payload: Uint8Array,
  { site, usable }: { readonly site: string; readonly usable: readonly Pick<Passkey, 'credentialId'>[] },
): Promise<Assertion> {
  const challenge = await crypto.subtle.digest('SHA-256', preAuthenticationEncoding(payloadType, payload));
  const credential = await navigator.credentials
    .get({
      publicKey: {
        challenge,
        rpId: site,
        allowCredentials: usable.map(({ credentialId }) => ({ type: 'public-key', id: fromBase64Url(credentialId) })),
        userVerification: 'required',
        timeout: CEREMONY_MS_MAX,
      },
    })
    .catch((error: unknown) => {
      throw stoppedBy(error, site);
    });
  const response = credential instanceof PublicKeyCredential ? credential.response : null;
  if (!(credential instanceof PublicKeyCredential) || !(response instanceof AuthenticatorAssertionResponse)) {
    throw new SigningStopped('canceled', site);
  }
  return { credentialId: credential.id, sig: signatureText(response) };
}

/** Whoever closes the browser's dialog, and whoever lets it run out, has not signed: browsers do not tell them apart. */
export function stoppedBy(error: unknown, site: string): Error {
  if (!(error instanceof DOMException)) return error instanceof Error ? error : new TypeError(String(error));
  if (error.name === 'InvalidStateError') return new SigningStopped('known-already', site);
  if (error.name === 'SecurityError') return new SigningStopped('other-site', site);
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return new SigningStopped('canceled', site);
  return new SigningStopped('unsupported', site);
}

function stopOf(list: PasskeyList): SigningStop | null {
  if (list.site === null) return 'no-site';
  if (location.hostname !== list.site) return 'other-site';
  if (!('credentials' in navigator) || !window.isSecureContext) return 'unsupported';
  if (list.items.every(({ state }) => state === 'leaving')) return 'none-enrolled';
  return usableOf(list).length === 0 ? 'not-in-root' : null;
}

function usableOf({ site, items }: PasskeyList): readonly Passkey[] {
  return items.filter((each) => each.state === 'in-root' && each.site === site);
}

/** The names are in the order of canonical JSON, and base64 needs no escapes: this text is the canonical one. // RFC 8785 */
function signatureText({ authenticatorData, clientDataJSON, signature }: AuthenticatorAssertionResponse): string {
  const text = JSON.stringify({
    authenticatorData: toBase64(authenticatorData),
    clientDataJSON: toBase64(clientDataJSON),
    signature: toBase64(signature),
  });
  return toBase64(new TextEncoder().encode(text));
}

/** The bytes that are signed: type and payload with their lengths. // DSSE 1.0.2 */
function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const type = text.encode(payloadType);
  const head = text.encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head, 0);
  bytes.set(payload, head.length);
  return bytes;
}

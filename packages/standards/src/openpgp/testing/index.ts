import { createCleartextMessage, createMessage, generateKey, sign } from 'openpgp';

/** A key that signs repositories in tests. */
export type Signer = Awaited<ReturnType<typeof newSigner>>;

export function newSigner(name: string, born: Date, more: { readonly keyExpirationTime?: number } = {}) {
  return generateKey({ userIDs: [{ name }], type: 'ecc', date: born, format: 'object', ...more });
}

/** A text as `gpg --clearsign` writes it. */
export async function clearSigned(text: string, signers: readonly Signer[], date: Date): Promise<string> {
  const message = await createCleartextMessage({ text });
  return sign({ message, signingKeys: signers.map(({ privateKey }) => privateKey), date });
}

/** What `gpg --armor --detach-sign` writes beside a file. */
export async function detachedSignature(bytes: Uint8Array, signers: readonly Signer[], date: Date): Promise<string> {
  const message = await createMessage({ binary: bytes });
  return sign({ message, signingKeys: signers.map(({ privateKey }) => privateKey), date, detached: true });
}

export type { PublicKey } from './public-key.ts';
export { keyIdOf, materialOf, parseSshPublicKey, publicKey } from './public-key.ts';
export { dearmorSshSignature } from './ssh-armor.ts';
export { SSH_NAMESPACE } from './ssh-signature.ts';
export { signatureFault, verifySignature } from './verify-signature.ts';
export { openPasskey, SITE_FORM } from './web-authn-key.ts';

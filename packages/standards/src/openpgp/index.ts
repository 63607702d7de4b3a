export type { Certificate } from './certificates.ts';
export { armoredCertificates, canSign, readCertificates } from './certificates.ts';
export { verifyClearSigned } from './clear-signed.ts';
export type { DetachedFault } from './detached.ts';
export { verifyDetached } from './detached.ts';

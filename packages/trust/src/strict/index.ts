export { fromBase64, toBase64 } from './base64.ts';
export type { Decoder, Read } from './decoder.ts';
export { list, nullable, record, variant } from './decoder.ts';
export { decodeLoose } from './document.ts';
export type { Decoded, Fault } from './fault.ts';
export { form, hashText, oneOf, whole } from './scalars.ts';

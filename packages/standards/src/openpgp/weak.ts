import { type Config, enums, config as standard } from 'openpgp';

const { ecdh, elgamal, dsa } = enums.publicKey;
const { md5, ripemd, sha1 } = enums.hash;
/** As apt demands of archives. // apt-secure(8) */
const RSA_BITS_MIN = 2_048;

/**
 * What is not believed: hashes that can be collided, in signatures and in the certificates themselves, and keys that
 * can be computed. Debian's own verifier refuses the same since February 2026.
 */
export const STRICT: Config = {
  ...standard,
  minRSABits: RSA_BITS_MIN,
  rejectHashAlgorithms: new Set([md5, ripemd, sha1]),
  rejectMessageHashAlgorithms: new Set([md5, ripemd, sha1]),
  rejectPublicKeyAlgorithms: new Set([ecdh, elgamal, dsa]),
};

import type { ErrorCode } from '@patchsteward/contract';
import { isRecord } from '../platform/json.ts';
import { Problem } from '../platform/problem.ts';
import { formatAddress, type ServerAddress } from './server-address.ts';

/** The server answered, and the answer is no. */
export class ServerRefusal extends Problem {
  readonly status: number;
  readonly requestId: string | null;

  constructor(status: number, body: unknown) {
    const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
    const word = (name: string): string => (typeof error[name] === 'string' ? error[name] : '');
    super(
      word('code') || `status-${status}`,
      word('message') || `the server answered with status ${status}`,
      word('whatToDo') || 'look for a proxy or another program at the address of the server',
    );
    this.status = status;
    this.requestId = word('requestId') || null;
  }

  has(code: ErrorCode): boolean {
    return this.code === code;
  }
}

/** No answer, or none that can be understood. `code` is the network's or TLS's own, where it gave one. */
export class ServerUnreachable extends Problem {
  /** TLS's own words say that somebody else answers. */
  readonly foreign: boolean;

  constructor(address: ServerAddress, code: string, cause?: unknown) {
    const foreign = FOREIGN_SERVER.has(code);
    super(
      code,
      `no usable answer from ${formatAddress(address)} (${code})`,
      foreign
        ? "check the address: what answers there does not have the certificate of this host's server"
        : 'check that the server runs and that the network leads to it',
      cause,
    );
    this.foreign = foreign;
  }
}

/** TLS's words for a server that is not the one this host was enrolled with. */
const FOREIGN_SERVER: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

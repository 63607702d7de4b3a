import type { EnrollRequest } from '@patchsteward/contract';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { Problem } from '../platform/problem.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import { AGENT_VERSION } from '../version.ts';
import { caAnswerOf, enrollAnswerOf } from './answers.ts';
import { assertUsable, fingerprintOf } from './certificate.ts';
import type { EnrollmentFacts } from './enrollment-facts.ts';
import type { EnrollmentToken } from './enrollment-token.ts';
import { isPassing } from './failure.ts';
import { backoffMs } from './intervals.ts';
import { makeKeyPem, publicKeyPemOf, signText } from './key.ts';
import { formatAddress, type ServerAddress } from './server-address.ts';
import { ServerClient, type Trust } from './server-client.ts';
import type { Identity, StateDirectory } from './state.ts';

/** Somebody waits at a terminal: about a minute of trying, then the answer is no. */
const ATTEMPTS_MAX = 5;

/** This host has an identity already. */
class AlreadyEnrolledError extends Problem {
  constructor({ assetId, server }: Identity) {
    super(
      'already-enrolled',
      `this host is enrolled already, as ${assetId} with ${formatAddress(server)}`,
      'run "patchsteward agent leave" first if it is to start anew',
    );
  }
}

/** Whoever answered is not the server that made the token. */
class WrongServerError extends Problem {
  constructor(address: ServerAddress) {
    super(
      'wrong-server',
      `${formatAddress(address)} is not the server that made this token`,
      'check the address and the token, and that nothing between rewrites TLS',
    );
  }
}

export interface Enrollment {
  readonly address: ServerAddress;
  readonly token: EnrollmentToken;
  readonly facts: EnrollmentFacts;
  readonly state: StateDirectory;
  readonly signal?: AbortSignal | undefined;
}

/** Makes this host known to the server that made the token, and keeps who it then is. */
export async function enrollHost(enrollment: Enrollment, surroundings: Surroundings): Promise<Identity> {
  const { address, token, facts, state, signal } = enrollment;
  const before = await state.loadIdentity();
  if (before !== null) throw new AlreadyEnrolledError(before);
  const keyPem = await keptKey(state);

  const caPem = await persist(() => fetchCa(address, token, signal), surroundings, signal);
  const request = requestOf(keyPem, token, facts);
  const answer = enrollAnswerOf(
    await persist(() => post(address, { kind: 'ca', caPem }, request, signal), surroundings, signal),
  );
  assertUsable(answer.certificatePem, keyPem, answer.caPem);

  const { assetId, certificatePem } = answer;
  const identity: Identity = { server: address, assetId, certificatePem, caPem: answer.caPem };
  await state.saveIdentity(identity);
  return identity;
}

/** The key is on the disk before anybody hears of it: after a lost answer the same key asks again and is known. */
async function keptKey(state: StateDirectory): Promise<string> {
  const kept = await state.loadKey();
  if (kept !== null) return kept;
  const made = makeKeyPem();
  await state.saveKey(made);
  return made;
}

/** The one question asked of an unknown server; the token says what the answer must be. */
async function fetchCa(
  address: ServerAddress,
  token: EnrollmentToken,
  signal: AbortSignal | undefined,
): Promise<string> {
  const client = new ServerClient(address, { kind: 'unverified' }, signal);
  try {
    const { caPem } = caAnswerOf(await client.ask({ method: 'GET', path: '/agent/v1/ca' }));
    if (fingerprintOf(caPem) !== token.caFingerprint) throw new WrongServerError(address);
    return caPem;
  } finally {
    client.close();
  }
}

function requestOf(keyPem: string, token: EnrollmentToken, facts: EnrollmentFacts): EnrollRequest {
  const publicKeyPem = publicKeyPemOf(keyPem);
  const statement = { purpose: 'patchsteward-enroll', tokenSecretSha256: sha256(token.secret), publicKeyPem };
  return {
    tokenSecret: token.secret,
    publicKeyPem,
    ...facts,
    agentVersion: AGENT_VERSION,
    proof: signText(keyPem, canonicalJson(statement)),
  };
}

async function post(
  address: ServerAddress,
  trust: Trust,
  request: EnrollRequest,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const client = new ServerClient(address, trust, signal);
  try {
    return await client.ask({ method: 'POST', path: '/agent/v1/enroll', body: Buffer.from(JSON.stringify(request)) });
  } finally {
    client.close();
  }
}

/** Repeats what may pass by itself: a lost answer, a server that is starting. */
async function persist<T>(
  work: () => Promise<T>,
  { wait, random, log }: Surroundings,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || signal?.aborted === true || !isPassing(error)) throw error;
      const waitMs = backoffMs(attempt, random());
      log('warning', 'enrollment-retried', { attempt, waitMs, problem: error.message });
      await wait(waitMs, signal);
    }
  }
}

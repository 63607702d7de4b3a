import { type Envelope, readEnvelope } from '@patchsteward/trust/dsse';
import { isRecord } from '../platform/json.ts';
import { Problem } from '../platform/problem.ts';
import { AnswerError } from './answers.ts';
import { ServerClient } from './server-client.ts';
import type { Identity, StateDirectory } from './state.ts';

/** A chain of all the roots of an installation. */
const ROOTS_BYTES_MAX = 24 * 1024 * 1024;

/** The trust roots as the server has them; what they are worth, the pin says. */
export async function fetchRoots(
  { server, caPem, certificatePem }: Identity,
  state: StateDirectory,
  signal: AbortSignal | undefined,
): Promise<Envelope[]> {
  const keyPem = await state.loadKey();
  if (keyPem === null) throw new Problem('not-enrolled', `there is no key in ${state.path}`, 'enroll this host first');
  const client = new ServerClient(server, { kind: 'mutual', caPem, certificatePem, keyPem }, signal);
  try {
    const path = '/agent/v1/roots?after=0';
    const value = await client.ask({ method: 'GET', path, answerBytesMax: ROOTS_BYTES_MAX });
    if (!isRecord(value) || !Array.isArray(value['roots'])) throw new AnswerError('roots');
    const roots = value['roots'].map((root: unknown) => readEnvelope(root));
    if (!roots.every((root) => root.ok)) throw new AnswerError('roots');
    return roots.map((root) => root.value);
  } finally {
    client.close();
  }
}

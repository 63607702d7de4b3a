import { DAY_MS } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import type { TrustRoot } from '@patchsteward/trust/root';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { encodeDraft } from './root-draft.ts';
import { ROOT_FILE_MODE, rootFileText } from './root-file.ts';
import { readMachine, readPerson } from './root-people.ts';
import { presentRoot } from './root-text.ts';
import type { TrustInitOptions } from './trust.ts';
import { signedByAll } from './trust-sign.ts';
import { writeNewFile } from './write-new-file.ts';

/** Three years: long enough not to be forgotten each year, short enough that a lost root ends by itself. */
export const EXPIRES_DAYS = 1_095;
/** Two people for the power over everybody's power, where there are two. // rollout §3.4 */
const TEAM_THRESHOLD = 2;

/** Made where the administrator sits; the server learns of it only when it is published. // decided 27 */
export async function initTrust({ options }: Invocation<TrustInitOptions>, context: Context): Promise<ExitCode> {
  if ((options.solo === true) === (options.team === true)) {
    throw new Failure('say what kind of root it is', 'give either --team or --solo', { exitCode: EXIT.usage });
  }
  const root = await draftOf(options, Date.now());
  const draft = sealEnvelope(PAYLOAD_TYPES.root, encodeDraft(root));
  const envelope = await signedByAll(draft, options, context);
  await writeNewFile(options.out, rootFileText(envelope), ROOT_FILE_MODE);
  await presentRoot({ file: options.out, envelope, root, previous: null }, options, context);
  return EXIT.done;
}

async function draftOf(options: TrustInitOptions, issuedAt: number): Promise<TrustRoot> {
  const people = await Promise.all((options.person ?? []).map(readPerson));
  const machines = await Promise.all((options.machine ?? []).map(readMachine));
  const admins = people.filter(({ roles }) => roles.includes('admin')).map(({ login }) => login);
  const rootSigners = [...new Set(options.rootSigner ?? admins)].sort();
  return {
    version: 1,
    organization: options.organization,
    profile: options.solo === true ? 'solo' : 'team',
    issuedAt,
    expiresAt: issuedAt + (options.expiresDays ?? EXPIRES_DAYS) * DAY_MS,
    authority: options.authority ?? null,
    threshold: options.threshold ?? Math.max(1, Math.min(TEAM_THRESHOLD, rootSigners.length)),
    rootSigners,
    people: people.sort((a, b) => (a.login < b.login ? -1 : 1)),
    machines: machines.sort((a, b) => (a.name < b.name ? -1 : 1)),
    lanes: null,
  };
}

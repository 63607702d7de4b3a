import { DAY_MS } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import type { TrustRoot } from '@patchsteward/trust/root';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { encodeDraft } from './root-draft.ts';
import { ROOT_FILE_MODE, readRootFile, rootFileText } from './root-file.ts';
import { readMachine, readPerson } from './root-people.ts';
import { presentRoot } from './root-text.ts';
import type { TrustChangeOptions } from './trust.ts';
import { EXPIRES_DAYS } from './trust-init.ts';
import { signedByAll } from './trust-sign.ts';
import { writeNewFile } from './write-new-file.ts';

/** The next version; revoking a key is a root without it. // rollout §3.4 */
export async function changeTrust(
  { options, operands }: Invocation<TrustChangeOptions>,
  context: Context,
): Promise<ExitCode> {
  const present = await readRootFile(operands[0] ?? '');
  const root = await nextOf(present.root, options, Date.now());
  const draft = sealEnvelope(PAYLOAD_TYPES.root, encodeDraft(root));
  const envelope = await signedByAll(draft, options, context);
  await writeNewFile(options.out, rootFileText(envelope), ROOT_FILE_MODE);
  await presentRoot({ file: options.out, envelope, root, previous: present.root }, options, context);
  return EXIT.done;
}

async function nextOf(present: TrustRoot, options: TrustChangeOptions, issuedAt: number): Promise<TrustRoot> {
  const people = await Promise.all((options.person ?? []).map(readPerson));
  const machines = await Promise.all((options.machine ?? []).map(readMachine));
  const gone = options.removePerson ?? [];
  assertThere(
    gone,
    present.people.map(({ login }) => login),
    'person',
  );
  assertThere(
    options.removeMachine ?? [],
    present.machines.map(({ name }) => name),
    'machine',
  );
  const rootSigners = options.rootSigner ?? present.rootSigners.filter((login) => !gone.includes(login));
  return {
    ...present,
    version: present.version + 1,
    organization: options.organization ?? present.organization,
    issuedAt,
    expiresAt: issuedAt + (options.expiresDays ?? EXPIRES_DAYS) * DAY_MS,
    authority: options.authority ?? present.authority,
    threshold: options.threshold ?? present.threshold,
    rootSigners: [...new Set(rootSigners)].sort(),
    people: replaced(present.people, people, gone, ({ login }) => login),
    machines: replaced(present.machines, machines, options.removeMachine ?? [], ({ name }) => name),
  };
}

/** What is given takes the place of what had its name. */
function replaced<T>(
  present: readonly T[],
  given: readonly T[],
  gone: readonly string[],
  nameOf: (entry: T) => string,
): readonly T[] {
  const names = new Set([...gone, ...given.map(nameOf)]);
  const kept = present.filter((entry) => !names.has(nameOf(entry)));
  return [...kept, ...given].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function assertThere(names: readonly string[], known: readonly string[], what: string): void {
  const missing = names.find((name) => !known.includes(name));
  if (missing === undefined) return;
  throw new Failure(`there is no ${what} ${missing} in this root`, 'look with "patchsteward trust show"', {
    exitCode: EXIT.usage,
  });
}

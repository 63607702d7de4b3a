import type { Client } from '@patchsteward/contract/client';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import type { TrustRoot } from '@patchsteward/trust/root';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { changedHolders, type PersonKey } from './root-change.ts';
import { differencesOf } from './root-difference.ts';
import { encodeDraft } from './root-draft.ts';
import { ROOT_FILE_MODE, readRootFile, rootFileText } from './root-file.ts';
import { readMachine, readNewPerson, readPerson, readPersonRoles } from './root-people.ts';
import { presentRoot } from './root-text.ts';
import { newestRoot } from './server-roots.ts';
import type { TrustChangeOptions } from './trust.ts';
import { EXPIRES_DAYS } from './trust-init.ts';
import { signedByAll } from './trust-sign.ts';
import { chosenPasskeys } from './waiting-passkeys.ts';
import { writeNewFile } from './write-new-file.ts';

/** The next version; revoking a key is a root without it. // rollout §3.4 */
export async function changeTrust(
  { options, operands }: Invocation<TrustChangeOptions>,
  context: Context,
): Promise<ExitCode> {
  const { present, passkeys } = await startOf(operands[0], options, context);
  const root = await nextOf(present, passkeys, options, Date.now());
  const draft = sealEnvelope(PAYLOAD_TYPES.root, encodeDraft(root));
  const envelope = await signedByAll(draft, options, context);
  await writeNewFile(options.out, rootFileText(envelope), ROOT_FILE_MODE);
  const changes = differencesOf(present, root);
  await presentRoot({ file: options.out, envelope, root, previous: present, changes }, options, context);
  return EXIT.done;
}

interface Start {
  readonly present: TrustRoot;
  readonly passkeys: readonly PersonKey[];
}

/** A file needs no server; passkeys are with the server, and without a file the present root is as well. */
async function startOf(path: string | undefined, options: TrustChangeOptions, context: Context): Promise<Start> {
  const wanted = options.addPasskey ?? [];
  const file = path === undefined ? null : await readRootFile(path);
  if (file !== null && wanted.length === 0) return { present: file.root, passkeys: [] };
  return withServer(options, context, async (client) => {
    const present = file?.root ?? (await rootOfServer(client));
    if (wanted.length === 0) return { present, passkeys: [] };
    const { passkeys } = await client('trust.show', {});
    return { present, passkeys: chosenPasskeys(wanted, passkeys) };
  });
}

async function rootOfServer(client: Client): Promise<TrustRoot> {
  const newest = await newestRoot(client);
  if (newest !== null) return newest.root;
  throw new Failure('the server has no trust root', 'make one with "patchsteward trust init" and publish it');
}

async function nextOf(
  present: TrustRoot,
  passkeys: readonly PersonKey[],
  options: TrustChangeOptions,
  issuedAt: number,
): Promise<TrustRoot> {
  const removedPeople = options.removePerson ?? [];
  const holders = changedHolders(present, {
    passkeys,
    removedPeople,
    people: await Promise.all((options.person ?? []).map(readPerson)),
    addedPeople: await Promise.all((options.addPerson ?? []).map(readNewPerson)),
    roles: (options.personRoles ?? []).map(readPersonRoles),
    removedKeys: options.removeKey ?? [],
    machines: await Promise.all((options.machine ?? []).map(readMachine)),
    removedMachines: options.removeMachine ?? [],
  });
  const rootSigners = options.rootSigner ?? present.rootSigners.filter((login) => !removedPeople.includes(login));
  return {
    ...present,
    ...holders,
    version: present.version + 1,
    organization: options.organization ?? present.organization,
    issuedAt,
    expiresAt: issuedAt + (options.expiresDays ?? EXPIRES_DAYS) * DAY_MS,
    authority: options.authority ?? present.authority,
    threshold: options.threshold ?? present.threshold,
    rootSigners: [...new Set(rootSigners)].sort(),
  };
}

import { type Envelope, payloadOf } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { rootHash, type TrustRoot, verifiedSigners } from '@patchsteward/trust/root';
import type { Context } from '../platform/context.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { listed } from '../platform/words.ts';
import { keyText } from './key-text.ts';
import type { RootDifference } from './root-difference.ts';

export interface ShownRoot {
  readonly file: string;
  readonly envelope: Envelope;
  readonly root: TrustRoot;
  /** The root that must sign it too, where it is at hand. */
  readonly previous: TrustRoot | null;
  /** What a new version says otherwise than the one before. */
  readonly changes?: readonly RootDifference[];
}

/** What a root says, who has signed it, and what comes next. */
export async function presentRoot(
  shown: ShownRoot,
  options: { readonly json?: true },
  context: Context,
): Promise<void> {
  const { envelope, root, previous } = shown;
  const hash = rootHash(payloadOf(envelope));
  const missing = missingSignatures(envelope, root) + (previous === null ? 0 : missingSignatures(envelope, previous));
  if (options.json === true) {
    return context.output.json({
      file: shown.file,
      hash,
      signers: signersOf(envelope, root),
      missingSignatures: missing,
      ...(shown.changes === undefined ? {} : { changes: shown.changes }),
      root: { ...root, issuedAt: timeOf(root.issuedAt), expiresAt: timeOf(root.expiresAt) },
    });
  }
  const changes = changesText(shown);
  return context.output.write(
    `${changes}${rootText(root, hash, signersOf(envelope, root))}\n${nextStep(shown, hash, missing)}`,
  );
}

function changesText({ previous, root, changes }: ShownRoot): string {
  if (previous === null || changes === undefined) return '';
  const compare = 'A passkey comes from the server: let its person compare the id with the one on their own screen.';
  return [
    `version ${root.version} against version ${previous.version}`,
    ...changes.map(({ sign, what }) => `  ${sign} ${what}`),
    ...(hasNewPasskey(previous, root) ? [compare] : []),
    '',
    '',
  ].join('\n');
}

function hasNewPasskey(previous: TrustRoot, { people }: TrustRoot): boolean {
  const known = new Set(previous.people.flatMap(({ keys }) => keys.map(({ key }) => keyIdOf(key))));
  return people.some(({ keys }) => keys.some(({ key }) => key.kind === 'webauthn' && !known.has(keyIdOf(key))));
}

function rootText(root: TrustRoot, hash: string, signers: readonly string[]): string {
  const people = root.people.flatMap(({ login, name, roles, keys }) => [
    `  ${plainText(login)}  ${plainText(name)}  ${roles.join(', ')}`,
    ...keys.map((each) => `      ${keyIdOf(each.key)}  ${keyText(each.key)}`),
  ]);
  const machines = root.machines.map(({ name, role, key }) => `  ${plainText(name)}  ${role}  ${keyIdOf(key)}`);
  return [
    `${plainText(root.organization)}, version ${root.version}, ${root.profile}`,
    `good until     ${momentText(timeOf(root.expiresAt))}`,
    `roots need     ${root.threshold} of ${listed(root.rootSigners)}`,
    `signed by      ${signers.length === 0 ? 'nobody yet' : listed(signers)}`,
    `hash           ${hash}`,
    'people',
    ...people,
    ...(machines.length === 0 ? [] : ['machines', ...machines]),
    ...(root.profile === 'solo' ? ['One person is requester and approver: there is no separation of duties.'] : []),
    '',
  ].join('\n');
}

function nextStep({ file }: ShownRoot, hash: string, missing: number): string {
  if (missing > 0) {
    return `More signatures are needed: patchsteward trust add-signature ${plainText(file)} --key <key>\n`;
  }
  return (
    `Give it to the server: patchsteward trust publish ${plainText(file)}\n` +
    `Give hosts its hash, never by the server: patchsteward agent enroll --root-sha256 ${hash} …\n`
  );
}

/** Logins whose signature is right; a wrong one makes the whole file worthless, and counts for nobody. */
function signersOf(envelope: Envelope, root: TrustRoot): readonly string[] {
  const signers = verifiedSigners(envelope, root);
  if (!signers.ok) return [];
  return [...new Set(signers.value.flatMap((each) => (each.kind === 'person' ? [each.person.login] : [])))].sort();
}

function missingSignatures(envelope: Envelope, root: TrustRoot): number {
  const counted = signersOf(envelope, root).filter((login) => root.rootSigners.includes(login)).length;
  return Math.max(0, root.threshold - counted);
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}

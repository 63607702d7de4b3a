import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { type BackupProof, encodeBackupProof } from '@patchsteward/trust/statement';
import { assetNamed, isAssetId } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { openSigner, signWith } from '../trust/signer.ts';
import type { ProbeOptions } from './backup.ts';
import { integrityOf } from './check-state.ts';
import { type ProbeProblem, problemOf } from './judge-probe.ts';
import { gatherFacts, repositoryId } from './probe-facts.ts';
import { repositoryLabel } from './repository-label.ts';
import type { ResticPlace } from './restic-run.ts';

/** Looks, judges, signs, and hands in where it was asked to. // SOP P4, decided 33 */
export async function probe({ options }: Invocation<ProbeOptions>, context: Context): Promise<ExitCode> {
  const assetId = await assetIdOf(options, context);
  const proof = await proofOf(options, assetId, context);
  const envelope = await signedProof(proof, options, context);
  if (options.send !== true) {
    await context.output.json({ envelope });
    return EXIT.done;
  }
  const body = { envelope: { ...envelope, signatures: [...envelope.signatures] } };
  const stored = await withServer(options, context, (client) => client('backup.prove', { body }));
  if (options.json === true) await context.output.json(stored);
  else {
    const { snapshotId, hostname, takenAt, bytes, proof: hash } = stored;
    await context.output.write(
      `The snapshot ${snapshotId.slice(0, 8)} of ${plainText(hostname)}, taken ${takenAt}, ${bytes} bytes, is proved: ${hash}\n`,
    );
  }
  return EXIT.done;
}

/** What is signed is the id; only a server knows which asset has a name. */
async function assetIdOf(options: ProbeOptions, context: Context): Promise<string> {
  const { asset, send } = options;
  if (isAssetId(asset)) return asset.toLowerCase();
  if (send === true) return withServer(options, context, async (client) => (await assetNamed(client, asset)).id);
  throw new Failure(`"${asset}" is no id of an asset`, 'take the id of "patchsteward asset show", or add --send', {
    exitCode: EXIT.usage,
  });
}

async function proofOf(options: ProbeOptions, assetId: string, context: Context): Promise<BackupProof> {
  const { repository, passwordFile, host, prober } = options;
  const place: ResticPlace = { repository, passwordFile, environment: context.environment };
  const now = Date.now();
  const facts = await gatherFacts(place, host, now);
  const problem = problemOf(facts);
  const { snapshot, size } = facts;
  if (problem !== null || snapshot === null || size === null) throw failureOf(problem ?? 'no-snapshot', options);
  const checkedAt = await integrityOf({
    place,
    repository: await repositoryId(place),
    folder: stateFolder(options, context),
    everyMs: options.checkEvery,
    busy: facts.locks.length > 0,
    now,
  });
  return {
    assetId,
    hostname: snapshot.hostname,
    provider: 'restic',
    repository: options.label ?? repositoryLabel(repository),
    snapshotId: snapshot.id,
    takenAt: snapshot.takenAt,
    bytes: size.bytes,
    files: size.files,
    paths: [...new Set(snapshot.paths)].sort(),
    checkedAt,
    // A check takes its time; what was seen before it is as old as the beginning.
    probedAt: Math.max(now, snapshot.takenAt),
    prober,
  };
}

async function signedProof(proof: BackupProof, options: ProbeOptions, context: Context): Promise<Envelope> {
  const signer = await openSigner(options.key, options, context);
  const payload = encodeBackupProof(proof);
  const signature = await signWith(signer, PAYLOAD_TYPES.backupProof, payload);
  return withSignature(sealEnvelope(PAYLOAD_TYPES.backupProof, payload), signature);
}

function stateFolder({ state }: ProbeOptions, { environment }: Context): string {
  if (state !== undefined) return state;
  return join(environment['XDG_STATE_HOME'] ?? join(environment['HOME'] ?? homedir(), '.local/state'), 'patchsteward');
}

const PROBLEMS: Readonly<Record<ProbeProblem, readonly [what: string, advice: string]>> = {
  'stale-lock': [
    'the repository has a stale lock: the command that made it died',
    'look why, then "restic unlock", run the backup again and probe again',
  ],
  'exclusive-lock': ['the repository is being pruned or checked', 'wait until that is done and probe again'],
  'no-snapshot': ['there is no snapshot of this host', 'check --host against "restic snapshots", and run the backup'],
  'other-host': ['the newest snapshot is of another host', 'check --host against "restic snapshots"'],
  'snapshot-from-the-future': ['the newest snapshot is dated after now', 'set the clocks of both machines'],
  'no-paths': ['the newest snapshot holds no path', 'check what the backup is told to save'],
  'empty-snapshot': ['the newest snapshot is empty', 'check what the backup is told to save; nothing could come back'],
};

function failureOf(problem: ProbeProblem, { host }: ProbeOptions): Failure {
  const [what, advice] = PROBLEMS[problem];
  return new Failure(`no proof for ${host}: ${what}`, advice);
}

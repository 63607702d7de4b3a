import { type ChangeProblem, judgeTransaction } from '@patchsteward/core/3-testing';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { type Hash, HOUR_MS, type Instant, MINUTE_MS, type ReasonCode, reasonOf } from '@patchsteward/core/vocabulary';
import type { Changed, NewLeaf, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { type Artifact, enterArtifacts } from './artifact-store.ts';
import { ByteStoreFault, FILE_BYTES_MAX } from './byte-store.ts';
import { fetchFiles } from './file-fetch.ts';
import { type Listing, type Listings, readListings } from './listings.ts';
import { OriginRefusal, originName } from './origin.ts';
import { readAssetsOf } from './proposal-store.ts';
import { type RefreshTools, refreshOrigin } from './refresh.ts';
import { authenticityReport } from './report.ts';
import { prepareRollback } from './rollback.ts';
import {
  lockVerification,
  type Outcome,
  readVerification,
  storeOutcome,
  VERIFY,
  type VerificationRow,
} from './verification-store.ts';

export interface VerifyTools extends RefreshTools {
  /** Wishes of whoever waits for the authenticity of these assets. */
  readonly changed: (assetIds: readonly string[]) => readonly Wish[];
}

/** They say nothing against the files, so it is tried again by itself. */
const PASSING: readonly ReasonCode[] = ['origin-unreachable', 'byte-store-full'];
/** An index as old as the answer of the host may lack what the host has seen since: it is fetched anew, then judged. */
const INDEX_DEPENDENT: readonly ReasonCode[] = ['package-not-listed', 'index-expired', 'origin-unreachable'];
const BACKOFF_MS_MIN = MINUTE_MS;
/** A stalled one is also looked at again with every new index. */
const BACKOFF_MS_MAX = HOUR_MS;
/** A burst of answers after one release asks an origin once. */
const FRESH_MS = 30_000;

/** Verifies one transaction up to the pinned keys, and keeps its files. Twice does the same as once. */
export async function verifyTransaction(tools: VerifyTools, hash: string, signal: AbortSignal): Promise<void> {
  const row = await readVerification(tools.db, hash);
  if (row === undefined) return;
  const at = tools.clock();
  if (row.state === 'verified') return contradict(tools, row, at);
  const concluded = await conclusionOf(tools, row, signal);
  await tools.corridor.change({ actor: 'system', at }, (tx) => conclude(tx, tools, row.hash, concluded, at));
}

async function conclusionOf(tools: VerifyTools, row: VerificationRow, signal: AbortSignal): Promise<Concluded> {
  try {
    const judged = await judgeAnew(tools, row, signal);
    if (judged.problems.length > 0) return refused(judged.problems, row);
    return await keep(tools, row, judged, signal);
  } catch (error) {
    if (!(error instanceof ByteStoreFault)) throw error;
    // An index of ours is damaged: the store has dropped it, and the next refresh brings it again.
    const problem = { reason: reasonOf('index-unreadable', 'the byte store'), detail: error.message };
    return { ...refused([problem], row), state: 'stalled' };
  }
}

/**
 * What was verified stays so when its index moves on: the bytes are in our store. Only other bytes under the same name
 * and version take it back. // decided 16
 */
async function contradict(tools: VerifyTools, row: VerificationRow, at: Instant): Promise<void> {
  const { problems } = await judge(tools, row);
  const against = problems.filter(({ reason }) => reason.code === 'hash-mismatch');
  const outcome = against.length > 0 ? { ...refused(against, row), state: 'failed' as const } : undefined;
  await tools.corridor.change({ actor: 'system', at }, async (tx) =>
    outcome === undefined
      ? { value: undefined, timers: [{ kind: VERIFY, subject: row.hash, due: null }] }
      : conclude(tx, tools, row.hash, outcome, at),
  );
}

interface Judged {
  readonly problems: readonly ChangeProblem[];
  readonly listings: Listings;
  /** The listing of each change. */
  readonly files: readonly Listing[];
}

async function judgeAnew(tools: VerifyTools, row: VerificationRow, signal: AbortSignal): Promise<Judged> {
  const first = await judge(tools, row);
  const late = first.problems.some(({ reason }) => INDEX_DEPENDENT.includes(reason.code));
  if (!late) return first;
  const stale = tools.clock() - FRESH_MS;
  const origins = new Map(
    row.transaction.changes
      .map(({ origin }) => first.listings.known.get(origin ?? '')?.configured)
      .filter((origin) => origin !== undefined && (origin.checkedAt ?? 0) < stale)
      .map((origin) => [origin?.id ?? '', origin]),
  );
  if (origins.size === 0) return first;
  for (const id of origins.keys()) await refreshOrigin(tools, id, 'system', signal);
  return judge(tools, row);
}

async function judge({ db, store, clock }: VerifyTools, { transaction }: VerificationRow): Promise<Judged> {
  const listings = await readListings(db, store, transaction.changes, clock());
  const { known } = listings;
  // Under the one name of each origin; what no name is known of stays as the host said it.
  const changes = transaction.changes.map((change) => ({
    ...change,
    origin: known.get(change.origin ?? '')?.id ?? change.origin,
  }));
  const serving = new Set(
    [...(transaction.hostOrigins ?? []), ...changes.map(({ origin }) => origin)].map((id) => known.get(id ?? '')?.id),
  );
  const serves = ({ origin }: Listing): boolean => transaction.hostOrigins === null || serving.has(origin);
  const problems = judgeTransaction({
    changes,
    origins: listings.origins,
    listed: listings.listed,
    everListed: listings.everListed.filter(serves),
    fileBytesMax: FILE_BYTES_MAX,
    compare: VERSION_ORDERS[transaction.ecosystem].compare,
  });
  const files = changes
    .map((change) =>
      listings.listed.find(
        (file) => file.origin === change.origin && file.sha256 === change.sha256 && file.name === change.name,
      ),
    )
    .filter((file) => file !== undefined);
  return { problems, listings, files };
}

interface Concluded extends Outcome {
  readonly artifacts: readonly Artifact[];
}

function refused(problems: readonly ChangeProblem[], row: VerificationRow): Concluded {
  const stalled = problems.every(({ reason }) => PASSING.includes(reason.code));
  return {
    state: stalled ? 'stalled' : 'failed',
    ...{ evidence: null, rollback: null, problems, artifacts: [], failures: row.failures + 1 },
  };
}

/** Every file is in a verified index: its bytes, those of the way back, and the report are brought into the store. */
async function keep(
  tools: VerifyTools,
  row: VerificationRow,
  { files, listings }: Judged,
  signal: AbortSignal,
): Promise<Concluded> {
  const { changes } = row.transaction;
  try {
    const kept = await fetchFiles({ ...tools, signal }, files);
    const back = await prepareRollback({ ...tools, signal }, changes, listings.everListed);
    const facts = { transaction: row.hash, changes, files, rollback: back.rollback, rollbackFiles: back.files };
    const report = await tools.store.putBytes(authenticityReport({ ...facts, at: tools.clock() }));
    const artifacts = [...kept, ...back.artifacts, { ...report, kind: 'report' as const, package: null }];
    const { rollback } = back;
    return { state: 'verified', evidence: report.hash, rollback, problems: [], failures: 0, artifacts };
  } catch (error) {
    if (!(error instanceof OriginRefusal) || signal.aborted) throw error;
    const subject = files.map(({ configured }) => originName(configured))[0] ?? '';
    return refused([{ reason: reasonOf(error.code, subject), detail: error.message }], row);
  }
}

async function conclude(
  tx: Tx,
  tools: VerifyTools,
  hash: Hash,
  concluded: Concluded,
  at: Instant,
): Promise<Changed<void>> {
  const row = await lockVerification(tx, hash);
  if (row === undefined) return { value: undefined };
  await enterArtifacts(tx, concluded.artifacts, at);
  await storeOutcome(tx, hash, concluded, at);
  const news = row.state !== concluded.state || row.evidence !== concluded.evidence;
  return {
    value: undefined,
    timers: [{ kind: VERIFY, subject: hash, due: nextTry(concluded, at) }],
    leaves: news ? [leafOf(hash, concluded)] : [],
    wishes: news || concluded.state === 'failed' ? tools.changed(await readAssetsOf(tx, hash)) : [],
  };
}

function nextTry({ state, failures }: Concluded, at: Instant): Instant | null {
  return state === 'stalled' ? at + Math.min(BACKOFF_MS_MIN * 2 ** (failures - 1), BACKOFF_MS_MAX) : null;
}

function leafOf(hash: Hash, { state, evidence, problems, artifacts }: Concluded): NewLeaf {
  if (state === 'verified') {
    const files = artifacts.filter(({ kind }) => kind === 'package').map((artifact) => artifact.hash);
    return { kind: 'transaction.verified', subject: hash, payload: { evidence, files } };
  }
  return {
    kind: state === 'stalled' ? 'transaction.stalled' : 'transaction.refused',
    subject: hash,
    payload: {
      problems: problems.map(({ reason, detail }) => ({ code: reason.code, subject: reason.subject, detail })),
    },
  };
}

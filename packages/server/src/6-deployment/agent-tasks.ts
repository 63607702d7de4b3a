import { type AgentTask, type RunnerFacts, TASKS_MAX } from '@patchsteward/contract';
import { BEFORE_GRANT } from '@patchsteward/core/job';
import type { Target } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../platform/corridor.ts';
import type { Db, Reader } from '../platform/database.ts';
import { readRunner, storeRunner } from './host-store.ts';
import { type Job, listOpenJobs } from './job-store.ts';

export interface TaskParts {
  readonly db: Db;
  readonly corridor: Corridor;
  /** Room 3's questions to this host. // decided 17 */
  readonly wantedProposals: (
    reader: Reader,
    assetId: string,
  ) => Promise<readonly { readonly id: string; readonly packagesHash: string; readonly targets: readonly Target[] }[]>;
  /** Those of these campaigns that people or a limit have stopped. */
  readonly stoppedAmong: (reader: Reader, campaigns: readonly string[]) => Promise<ReadonlySet<string>>;
  /** 0 before the first one. */
  readonly rootVersion: (reader: Reader) => Promise<number>;
}

export interface Attending {
  readonly assetId: string;
  /** undefined: an agent that knows no runner. */
  readonly runner: RunnerFacts | null | undefined;
  readonly at: Instant;
}

/** What a host that checked in is told to do. It reads, and writes only when the host says something new of itself. */
export async function attend(parts: TaskParts, { assetId, runner = null, at }: Attending): Promise<AgentTask[]> {
  await keepRunner(parts, assetId, runner, at);
  const { db } = parts;
  const questions = await parts.wantedProposals(db, assetId);
  const asked = questions.map(
    ({ id, packagesHash, targets }): AgentTask => ({ kind: 'propose', id, packagesHash, targets: [...targets] }),
  );
  if (runner === null) return asked.slice(0, TASKS_MAX);
  const version = await parts.rootVersion(db);
  const roots: AgentTask[] = version > runner.rootVersion ? [{ kind: 'root', version }] : [];
  const jobs = await listOpenJobs(db, assetId);
  // Work before questions: a job that is begun must not wait behind them.
  const asksWhoStopped = jobs.length > 1 || jobs.some(({ state }) => state.name === 'granted');
  const campaigns = asksWhoStopped ? jobs.map(({ campaign }) => campaign) : [];
  const stopped = campaigns.length === 0 ? new Set<string>() : await parts.stoppedAmong(db, campaigns);
  return [...roots, ...ordersOf(jobs, stopped), ...asked].slice(0, TASKS_MAX);
}

/**
 * What a host is told of its open jobs: who has not begun yet when its campaign is stopped hands its grant back. // rollout L5
 * A host holds one job at a time, and keeps what is named. That of a stopped campaign is not named beside others, or the fix of
 * what stopped it would wait until people end that campaign; it is named again when they resume it.
 */
export function ordersOf(jobs: readonly Job[], stopped: ReadonlySet<string>): AgentTask[] {
  const hasOthers = jobs.some(({ campaign }) => !stopped.has(campaign));
  return jobs.flatMap(({ key, campaign, state }): AgentTask[] => {
    const isStopped = stopped.has(campaign);
    if (state.cancelWanted || (state.name === 'granted' && isStopped)) {
      return [{ kind: 'cancel', job: key, why: 'The campaign was stopped, or its plan is not the current one.' }];
    }
    return isStopped && hasOthers && BEFORE_GRANT.includes(state.name) ? [] : [{ kind: 'job', job: key }];
  });
}

async function keepRunner(
  { db, corridor }: TaskParts,
  assetId: string,
  runner: RunnerFacts | null,
  at: Instant,
): Promise<void> {
  if (JSON.stringify(sorted(await readRunner(db, assetId))) === JSON.stringify(sorted(runner))) return;
  await corridor.change({ actor: `agent:${assetId}`, at }, async (tx) => {
    await storeRunner(tx, assetId, runner, at);
    const payload = runner === null ? null : { ...runner, allow: { ...runner.allow } };
    return { value: undefined, leaves: [{ kind: 'host.labeled', subject: assetId, payload: { runner: payload } }] };
  });
}

/** PostgreSQL keeps the fields of a JSON value in an order of its own. */
function sorted(runner: RunnerFacts | null): unknown {
  if (runner === null) return null;
  const { version, rootVersion, environment, criticality, allow, packagesDenied } = runner;
  return [version, rootVersion, environment, criticality, allow.reboot, allow.kernel, allow.lanes, packagesDenied];
}

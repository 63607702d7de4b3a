import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Leaf } from '@patchsteward/core/plan';
import { sha256 } from '@patchsteward/trust';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leaf as leafOf, planOf } from '../../../trust/src/testing/plans.ts';
import { THIS_HOST } from '../host/host.ts';
import type { ActingManager } from '../package-managers/acting.ts';
import { actingManagerFor } from '../package-managers/acting-managers.ts';
import type { Attempt, JobRecord } from './job-record.ts';
import { JobRun } from './job-run.ts';
import { Journal } from './journal.ts';
import { progressOf } from './progress.ts';
import type { RunnerTools } from './tools.ts';
import type { UnitOrder } from './units.ts';

const JOB = sha256('job');
const FORMER = '3.0.17-1~deb12u2';
const SIGNED = '3.0.18-1~deb12u1';
const OWN = '3.0.18-1+local';
const LEAF = leafOf({ restarts: [], health: { units: [], ports: [], urls: [], watchMs: 0 } });
const ONE_WAY: Leaf = { ...LEAF, rollback: { kind: 'none', why: 'too old' } };

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-job-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function attemptOf(stage: Attempt['stage']): Attempt {
  const command = { tool: 'dpkg', argv: [] } as const;
  return { stage, number: 1, part: 0, unit: `${stage}-1`, command, bootId: 'boot-1', at: 1 };
}

/** Everything was done and looked at, and the end is not on record yet: there the runner takes it up after a boot. */
function journalOf(stage: 'install' | 'rollback'): JobRecord[] {
  const begun: JobRecord[] = [
    { kind: 'armed', job: JOB, plan: sha256('plan'), planKind: 'production', epoch: 7, at: 0 },
    { kind: 'departed', grant: 'g', before: [], attempt: attemptOf('install'), monotonicMs: 0, at: 1 },
  ];
  if (stage === 'rollback') begun.push({ kind: 'attempt', attempt: attemptOf('rollback') });
  return [
    ...begun,
    { kind: 'ended', unit: `${stage}-1`, exit: { kind: 'exited', code: 0 }, lost: false, at: 2 },
    { kind: 'judged', error: null, at: 2 },
    { kind: 'restarted', at: 2 },
    { kind: 'checked', error: null, at: 2 },
  ];
}

interface Found {
  readonly leaf?: Leaf;
  readonly stage?: 'install' | 'rollback';
  readonly installed: string;
  /** What each package manager leaves that the runner starts; absent: what it was told to. */
  readonly leaves?: string;
}

async function driveToEnd({ leaf = LEAF, stage = 'install', installed, leaves }: Found) {
  const journal = new Journal<JobRecord>(join(folder, 'journal.jsonl'));
  for (const record of journalOf(stage)) await journal.append(record);
  const progress = progressOf(await journal.read());
  if (progress === null) throw new Error('nothing is armed');
  let version = installed;
  const started: string[] = [];
  const start = ({ name }: UnitOrder): Promise<void> => {
    started.push(name.slice(name.indexOf('-', 'patchsteward-run-'.length) + 1));
    version = leaves ?? (name.includes('-rollback-') ? FORMER : SIGNED);
    return Promise.resolve();
  };
  const openssl = { name: 'openssl', architecture: 'amd64', whole: true, hold: false, coexists: false };
  const manager: ActingManager = {
    ...actingManagerFor('deb'),
    installed: () => Promise.resolve([{ ...openssl, version }]),
    auditFiles: () => Promise.resolve(null),
    findLockHolder: () => Promise.resolve(null),
  };
  const tools: RunnerTools = {
    host: THIS_HOST,
    units: {
      start,
      inspect: () => Promise.resolve({ kind: 'ended', exit: { kind: 'exited', code: 0 } }),
      forget: () => Promise.resolve(),
    },
    systemd: false,
    self: ['/bin/false'],
    bootId: 'boot-2',
    now: () => 3,
    boottimeMs: () => 3,
    monotonicMs: () => 3,
    wait: () => Promise.resolve(),
    log: () => undefined,
    lockWaitMs: 0,
    needsReboot: () => Promise.resolve(false),
    reboot: () => Promise.reject(new Error('nobody asked for it')),
  };
  const transaction = { files: ['/kept/a.deb'], beside: [], configurationDirectory: '/own', removed: [] };
  const place = {
    ...{ manager, journal, files: { manager, forward: transaction, back: transaction } },
    ...{ logPath: join(folder, 'log'), environment: {} },
  };
  const plan = planOf([leaf]);
  const run = new JobRun({ job: JOB, planId: sha256('plan'), plan, leaf }, progress, place, tools);

  await run.drive();

  const { standing } = run.progress;
  if (standing.kind !== 'finished') throw new Error(`it stands at ${standing.kind}`);
  const first = started.filter((name) => name.endsWith('-0'));
  return { first, report: standing.report };
}

function after(version: string) {
  return { after: [{ name: 'openssl', architecture: 'amd64', version }] };
}

// rollout S7: while the host was down somebody had another version installed.
test.each<[string, Found, { first: string[]; report: object }]>([
  [
    'succeeds where all is as it was judged',
    { installed: SIGNED },
    { first: [], report: { phase: 'succeeded', evidence: after(SIGNED) } },
  ],
  [
    'repairs what was changed since, and succeeds',
    { installed: OWN },
    { first: ['repair-1-0'], report: { phase: 'succeeded', evidence: after(SIGNED) } },
  ],
  [
    'says that it failed where repairs do not help and no way back was signed',
    { leaf: ONE_WAY, installed: OWN, leaves: OWN },
    {
      first: ['repair-1-0', 'repair-2-0', 'repair-3-0'],
      report: { phase: 'failed', error: { package: 'openssl', cause: 'exit-0 other-version' }, evidence: after(OWN) },
    },
  ],
  [
    'is taken back where all is as it was before',
    { stage: 'rollback', installed: FORMER },
    { first: [], report: { phase: 'rolled-back', evidence: after(FORMER) } },
  ],
  [
    'goes back once more where somebody went forward again',
    { stage: 'rollback', installed: SIGNED },
    { first: ['rollback-2-0'], report: { phase: 'rolled-back', evidence: after(FORMER) } },
  ],
  [
    'says that the way back failed where it does not help',
    { stage: 'rollback', installed: OWN, leaves: OWN },
    { first: ['rollback-2-0', 'rollback-3-0'], report: { phase: 'rollback-failed', evidence: after(OWN) } },
  ],
])('a job at its end %s', async (_, found, expected) => {
  expect(await driveToEnd(found)).toMatchObject(expected);
});

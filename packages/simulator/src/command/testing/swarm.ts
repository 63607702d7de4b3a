import { expect } from 'vitest';
import { FAULTS } from '../../world/faults.ts';
import { simulate } from '../simulate.ts';
import type { Totals } from '../totals.ts';

/** Of the procedure's lane in production: what a story can pass through. */
const CAMPAIGN_STATES = [
  'planned',
  'approved',
  'scheduled',
  'deploying',
  'paused',
  'halted',
  'replanning',
  'risk-accepted',
  'monitoring',
];
const JOB_PHASES = [
  ...['claimed', 'fetching', 'preflight', 'armed', 'blocked', 'returned', 'installing', 'verifying', 'rebooting'],
  ...['health', 'succeeded', 'failed', 'rolling-back', 'rolled-back', 'rollback-failed'],
  ...['job.queued', 'job.offered', 'job.granted', 'job.silent', 'job.canceled', 'job.expired', 'job.declared'],
];
const DEPLOYED_SHARE_MIN = 0.3;

/** So many stories by the command itself: every promise holds, and every state and every kind of fault comes about. */
export async function expectSwarm(seeds: number, timesMin: number): Promise<void> {
  const said: string[] = [];
  const voice = { say: (line: string) => said.push(line), progress: () => undefined };
  const code = await simulate(['--seeds', String(seeds), '--json'], voice);
  const totals = JSON.parse(said.join('\n')) as Totals & { readonly seconds: number }; // The command's own words.
  const { broken, deployed, counts, seconds } = totals;
  process.stdout.write(`${JSON.stringify({ seeds, seconds, aSecond: seeds / seconds, deployed })}\n`);

  expect(broken).toEqual([]);
  expect(code).toBe(0);
  expect(deployed / seeds).toBeGreaterThanOrEqual(DEPLOYED_SHARE_MIN);
  const wanted = [
    ...FAULTS.map((fault) => `fault ${fault}`),
    ...CAMPAIGN_STATES.map((name) => `campaign ${name}`),
    ...JOB_PHASES.map((phase) => `job ${phase}`),
  ];
  expect(wanted.filter((what) => (counts[what] ?? 0) < timesMin)).toEqual([]);
}

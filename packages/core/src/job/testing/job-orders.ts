import type { JobEvent, JobReport } from '../event.ts';
import { AT_WORK, BEFORE_GRANT, REPORTED_FROM } from '../phases.ts';
import type { JobState } from '../state.ts';
import { JOB_STATES, type JobStateName } from '../state-name.ts';
import { stepJob } from '../step.ts';
import { job, reportOf } from './samples.ts';

const PHASES = Object.keys(REPORTED_FROM) as JobReport['phase'][];
const OTHERS: readonly JobEvent[] = [
  { kind: 'job.offered' },
  { kind: 'job.granted', grant: 'g', startBy: 9 },
  { kind: 'job.silent' },
  { kind: 'job.canceled', why: 'halted' },
  { kind: 'job.expired' },
  { kind: 'job.declared', as: 'up-verified', person: 'eve' },
];
const NEWS_THAT_FREES: ReadonlySet<string> = new Set(['succeeded', 'rolled-back', 'returned', 'blocked']);

/** What the reports and the server can do to a job, by state: `granted succeeded`. */
export function listedMoves(): string[] {
  const reports = PHASES.flatMap((phase) => REPORTED_FROM[phase].map((name) => `${name} ${phase}`));
  const server = BEFORE_GRANT.flatMap((name) => [`${name} job.canceled`, `${name} job.expired`]);
  return [
    ...reports,
    ...server,
    ...['granted', ...AT_WORK, 'rolling-back', 'rollback-failed'].flatMap((name) => [
      `${name} job.silent`,
      `${name} job.declared`,
    ]),
    'queued job.offered',
    'offered job.offered',
    'blocked job.offered',
    'armed job.granted',
  ];
}

/**
 * Feeds random events, more of those that can follow, and looks at what a job may never do: it holds its place from the
 * grant until news that frees it, and no report is taken twice. Gives the promise that was broken.
 */
export function runJobOrder(numbers: readonly number[], taken: Map<string, number>): string | null {
  let state: JobState = job();
  let down = false;
  let highest = 0;
  for (const [at, number] of numbers.entries()) {
    const event = choose(state, number);
    const before: JobStateName = state.name;
    const stepped = stepJob(state, event, at);
    if ('refused' in stepped) continue;
    state = stepped.state;
    const what = event.kind === 'job.reported' ? event.report.phase : event.kind;
    taken.set(`${before} ${what}`, (taken.get(`${before} ${what}`) ?? 0) + 1);
    if (event.kind === 'job.granted') down = true;
    if (event.kind === 'job.declared' || NEWS_THAT_FREES.has(what)) down = false;
    if (down && state.slot === null) return `${what} after ${before} gave up the place`;
    if (event.kind === 'job.reported' && event.sequence <= highest) return 'a report was taken twice';
    highest = Math.max(highest, event.kind === 'job.reported' ? event.sequence : 0);
    if (!JOB_STATES.includes(state.name)) return `there is no state ${state.name}`;
    if (terminalForGood(state.name)) return null;
  }
  return null;
}

/** Nothing can follow. */
function terminalForGood(name: JobStateName): boolean {
  return name === 'succeeded' || name === 'rolled-back';
}

/** Three of four can follow the state. */
function choose(state: JobState, number: number): JobEvent {
  const possible = PHASES.filter((phase) => REPORTED_FROM[phase].includes(state.name));
  const other = OTHERS[number % OTHERS.length] ?? { kind: 'job.silent' };
  if (number % 7 < 2) return other;
  if (state.name === 'armed' && number % 3 === 0) return { kind: 'job.granted', grant: 'g', startBy: 9 };
  if (state.name === 'queued') return { kind: 'job.offered' };
  const phases = number % 11 === 0 || possible.length === 0 ? PHASES : possible;
  const phase = phases[Math.floor(number / 77) % phases.length] ?? 'claimed';
  const sequence = number % 13 === 0 ? state.lastSequence : state.lastSequence + 1;
  return { kind: 'job.reported', sequence, report: reportOf(phase) };
}

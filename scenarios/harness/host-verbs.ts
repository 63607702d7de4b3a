import { decideGrant, decideWave, jobFact, limitReasons } from '@patchsteward/core/6-deployment';
import { type JobEvent, type JobReport, type JobState, slotOf, stepJob } from '@patchsteward/core/job';
import { instantText, sentenceOf } from '@patchsteward/core/vocabulary';
import { feed, more, tell } from './feed.ts';
import type { Line } from './read-story.ts';
import { campaignOn, hashOf, POLICY, type Stage } from './stage.ts';

type Verb = (stage: Stage, line: Line) => void;

/** What hosts do, and what the server answers them. */
export const HOST_VERBS: Readonly<Record<string, Verb>> = {
  'is-ready': (stage, { who }) => {
    const { plan, waves } = campaignOn(stage);
    const groups = stage.assets.find(({ assetId }) => assetId === who)?.redundancyGroups ?? [];
    const queued: JobEvent = {
      kind: 'job.queued',
      plan: plan?.hash ?? hashOf('none'),
      assetId: who,
      wave: waves.length,
      epoch: 1,
      groups,
    };
    for (const event of [queued, { kind: 'job.offered' } as const, report(stage, who, { phase: 'armed' })])
      move(stage, who, event);
    tell(stage, who, 'has everything and asks to start');
  },
  asks: (stage, { who }) => grant(stage, who),
  reports: (stage, line) => {
    const { who, words } = line;
    move(stage, who, report(stage, who, reportOf(words)));
    tell(stage, who, `reports ${words.join(' ')}`);
  },
  'goes-silent': (stage, { who }) => {
    move(stage, who, { kind: 'job.silent' });
    tell(stage, who, 'has not been heard of since it was allowed to start: it counts as down');
  },
  'closes-wave': (stage, { who }) => closeWave(stage, who),
};

/** Of a host: it counts for every start after it. */
export function declareHost(
  stage: Stage,
  host: string,
  as: 'up-verified' | 'down-accepted' | 'decommissioned',
  person: string,
): void {
  if (stage.jobs.has(host)) move(stage, host, { kind: 'job.declared', as, person });
}

function grant(stage: Stage, host: string): void {
  const job = jobOf(stage, host);
  const campaign = campaignOn(stage);
  const named = [...stage.jobs].map(([key, one]) => ({ host: key, job: one }));
  const verdict = decideGrant(
    {
      host,
      job,
      campaignDeploys: campaign.name === 'deploying',
      waveOpen: campaign.waves.some(({ closed, assets }) => closed === null && assets.includes(host)),
      plan: { notAfter: campaign.plan?.notAfter ?? 0 },
      intervals: [{ from: campaign.plan?.firstStart ?? 0, until: campaign.plan?.lastEnd ?? 0 }],
      groups: job.groups.map((name) => ({ name, members: 2, budget: stage.budgets.get(name) ?? null })),
      ledger: [...stage.jobs].flatMap(([key, one]) => slotOf(key, one) ?? []),
      otherActiveJobs: 0,
      forked: false,
      rolledBackBefore: false,
      backup: campaign.backup?.missing ?? [],
      limit: limitReasons(named.map(jobFact), POLICY.lanes[campaign.lane ?? 'critical'].pauseLimit, campaign.resumedAt),
    },
    stage.now,
  );
  if (verdict.kind !== 'proceed') {
    tell(stage, host, 'must wait');
    const reasons = verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy;
    for (const reason of reasons) more(stage, sentenceOf(reason));
    return;
  }
  move(stage, host, { kind: 'job.granted', grant: `grant of ${host}`, startBy: verdict.value.startBy });
  tell(stage, host, `may start, until ${instantText(verdict.value.startBy)}`);
}

/** Room 6 decides; the campaign is told what it decided. */
function closeWave(stage: Stage, by: string): void {
  const campaign = campaignOn(stage);
  const open = campaign.waves.find(({ closed }) => closed === null);
  if (open === undefined) throw new Error('no wave is open');
  const named = open.assets.map((host) => ({
    host,
    job: jobOf(stage, host),
    seenAt: stage.now,
    opensAt: null,
    forked: false,
  }));
  const verdict = decideWave(
    {
      wave: open.wave,
      jobs: named,
      allJobs: [...stage.jobs].map(([host, job]) => ({ host, job, seenAt: stage.now, opensAt: null, forked: false })),
      openedAt: open.openedAt,
      resumedAt: campaign.resumedAt,
      last: open.wave === campaign.plan?.waves,
      silenceMs: 3_600_000,
      endsAt: campaign.plan?.lastEnd ?? stage.now,
    },
    POLICY.lanes[campaign.lane ?? 'critical'],
    stage.now,
  );
  if (verdict.kind === 'proceed') {
    feed(stage, { kind: 'wave.closed', wave: open.wave, ...verdict.value }, by);
  } else if (verdict.kind === 'stop') {
    feed(stage, { kind: 'limit.hit', reasons: verdict.blockedBy }, by);
  } else {
    tell(stage, by, `looks at wave ${open.wave}, which stays open`);
    for (const reason of verdict.waitingOn) more(stage, sentenceOf(reason));
  }
}

function move(stage: Stage, host: string, event: JobEvent): void {
  const stepped = stepJob(stage.jobs.get(host) ?? null, event, stage.now);
  if ('refused' in stepped) throw new Error(sentenceOf(stepped.refused));
  stage.jobs.set(host, stepped.state);
}

function jobOf({ jobs }: Stage, host: string): JobState {
  const job = jobs.get(host);
  if (job === undefined) throw new Error(`${host} has no job yet`);
  return job;
}

function report(stage: Stage, host: string, said: JobReport): JobEvent {
  return { kind: 'job.reported', sequence: (stage.jobs.get(host)?.lastSequence ?? 0) + 1, report: said };
}

const EVIDENCE = { before: [], after: [], startedAt: 0, endedAt: 0, outages: [], rebooted: false, log: null };

function reportOf([phase, cause = 'postinst']: readonly string[]): JobReport {
  if (phase === 'installing' || phase === 'rolling-back' || phase === 'health') return { phase };
  if (phase === 'succeeded') return { phase, evidence: EVIDENCE };
  if (phase === 'returned') return { phase, detail: 'its time to start passed' };
  if (phase === 'failed' || phase === 'rolled-back') {
    return { phase, error: { stage: 'installing', package: 'openssl', cause }, evidence: EVIDENCE };
  }
  throw new Error(`a host does not report ${phase ?? 'nothing'}`);
}

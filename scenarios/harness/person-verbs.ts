import { checkBackups } from '@patchsteward/core/4-backup';
import type { CampaignEvent } from '@patchsteward/core/campaign';
import {
  type Criticality,
  DAY_MS,
  HOUR_MS,
  isProduction,
  type Lane,
  type ReasonCode,
  type Role,
  reasonOf,
} from '@patchsteward/core/vocabulary';
import { declareHost } from './host-verbs.ts';
import { durationMs, type Line } from './read-story.ts';
import { campaignOn, hashOf, POLICY, type Stage, signedBy } from './stage.ts';

type Told = (stage: Stage, line: Line) => CampaignEvent;
const DUE_MS: Readonly<Record<Lane, number>> = {
  routine: 30 * DAY_MS,
  critical: 48 * HOUR_MS,
  emergency: 24 * HOUR_MS,
  mitigation: 4 * HOUR_MS,
};

/** Lines that set the stage and are no event. */
export const SETTING: Readonly<Record<string, (stage: Stage, line: Line) => void>> = {
  // A word of the story, checked by the machine that takes it: an unknown role fills no seat.
  is: ({ people }, { who, words }) => void people.set(who, words as readonly Role[]),
  allows: ({ budgets }, { who, named }) => void budgets.set(who, Number(named['down'])),
  'is-asset': ({ assets }, { who, words, named }) =>
    void assets.push({
      assetId: who,
      name: who,
      // As above: stories are read by people, and a wrong word shows in the transcript.
      criticality: (words[0] ?? 'normal') as Criticality,
      environment: words.includes('ring') ? 'non-production' : 'production',
      owner: named['owner'] ?? null,
      redundancyGroups: named['group'] === undefined ? [] : [named['group']],
      maintenanceGroup: null,
    }),
};

/** What people and the system do with a campaign. */
export const PERSON_VERBS: Readonly<Record<string, Told>> = {
  adopts: ({ now }, { who, words, named }) => ({
    kind: 'update.seen',
    campaign: 'c1',
    title: words.join(' '),
    updates: [],
    requester: who,
    releasedAt: now - durationMs(named['released'] ?? '0m'),
    firstSeen: now,
  }),
  scopes: ({ assets }, { words }) => ({
    kind: 'scope.computed',
    assets: words[0] === 'nothing' ? [] : assets,
  }),
  'proposes-lane': (stage, { words: [lane], named }) => ({
    kind: 'lane.proposed',
    lane: laneOf(lane),
    due: campaignOn(stage).releasedAt + DUE_MS[laneOf(lane)],
    reasons: named['because'] === undefined ? [] : [reasonOf(codeOf(named['because']), campaignOn(stage).title)],
  }),
  'sets-lane': (stage, { who, words: [lane], named }) => ({
    kind: 'lane.set',
    lane: laneOf(lane),
    due: campaignOn(stage).releasedAt + DUE_MS[laneOf(lane)],
    signed: [who, ...listOf(named['with'])].map((one) => signedBy(stage, one)),
  }),
  'assesses-risk': (stage, { who }) => ({
    kind: 'risk.assessed',
    assessment: { impact: 'medium', reboot: false, restarts: [], rollback: 'prepared', exposure: 'public', note: '' },
    signed: signedBy(stage, who),
  }),
  'verifies-files': () => ({ kind: 'auth.verified', report: hashOf('authenticity'), files: 4 }),
  'finds-false-files': (_, { words: [code = 'hash-mismatch', file = 'openssl'] }) => ({
    kind: 'auth.failed',
    reasons: [reasonOf(codeOf(code), file)],
  }),
  'releases-files': (stage, { who, named }) => ({
    kind: 'auth.released',
    signed: [who, ...listOf(named['with'])].map((one) => signedBy(stage, one)),
  }),
  'compiles-plan': (stage, line) => plan(stage, line),
  'starts-test': (stage, { who }) => ({
    kind: 'test.started',
    plan: campaignOn(stage).trial.plan ?? hashOf('none'),
    signed: signedBy(stage, who),
  }),
  'judges-test': (stage, { words: [result, host] }) => ({
    kind: 'test.verdict',
    result: result === 'pass' || result === 'fail' ? result : 'inconclusive',
    report: hashOf('trial'),
    reasons: result === 'fail' ? [reasonOf('test-failed', host ?? campaignOn(stage).title)] : [],
  }),
  'accepts-test': (stage, { who, named }) => ({
    kind: 'test.accepted',
    signed: [who, ...listOf(named['with'])].map((one) => signedBy(stage, one)),
  }),
  'checks-backups': (stage, line) => backups(stage, line),
  waives: (stage, { who, words: [assetId = ''], named }) => ({
    kind: 'waiver.signed',
    assetId,
    signed: signedBy(stage, who),
    expiresAt: stage.now + durationMs(named['for'] ?? '7d'),
    why: named['why'] ?? 'nothing to lose',
  }),
  'requests-change': (stage, { who, words }) => ({
    kind: 'change.requested',
    plan: currentPlan(stage),
    signed: signedBy(stage, who),
    why: words.join(' '),
  }),
  'agrees-window': (stage, { who, words }) => ({
    kind: 'window.agreed',
    plan: currentPlan(stage),
    signed: signedBy(stage, who),
    assets: words,
  }),
  approves: (stage, { who, words }) => ({
    kind: 'approval.signed',
    plan: currentPlan(stage),
    signed: signedBy(stage, who, words[0] === 'console' ? 'console' : 'cli'),
  }),
  refuses: (stage, { who, words }) => ({
    kind: 'approval.refused',
    plan: currentPlan(stage),
    signed: signedBy(stage, who),
    why: words.join(' '),
  }),
  revokes: (stage, { who, words }) => ({
    kind: 'approval.revoked',
    plan: currentPlan(stage),
    signed: signedBy(stage, who),
    why: words.join(' '),
  }),
  'sends-notices': (stage) => ({
    kind: 'notice.sent',
    receipts: hashOf('receipts'),
    elapsesAt: stage.now + POLICY.lanes[campaignOn(stage).lane ?? 'routine'].noticeMs,
  }),
  'finds-plan-stale': (_, { words: [subject = 'a host changed', code = 'plan-outdated'] }) => ({
    kind: 'plan.stale',
    reasons: [reasonOf(codeOf(code), subject)],
  }),
  'opens-wave': (_, { words: [wave = '1', ...assets] }) => ({ kind: 'wave.opened', wave: Number(wave), assets }),
  halts: (_, { words }) => ({ kind: 'halt', why: words.join(' ') }),
  resumes: (stage, { who, words }) => ({ kind: 'resume', signed: signedBy(stage, who), why: words.join(' ') }),
  'requests-rollback': (stage, { who, words }) => ({
    kind: 'rollback.requested',
    signed: [signedBy(stage, who)],
    why: words.join(' '),
  }),
  'completes-rollback': (_, { words }) => ({ kind: 'rollback.completed', assets: words, failed: [] }),
  declares: (stage, { who, words: [assetId = '', as, ...why] }) => {
    const word = as === 'up-verified' || as === 'decommissioned' ? as : 'down-accepted';
    declareHost(stage, assetId, word, who);
    return { kind: 'host.declared', assetId, as: word, signed: signedBy(stage, who), why: why.join(' ') };
  },
  'withdraws-update': (_, { who, words }) => ({
    kind: 'campaign.withdrawn',
    why: words.join(' '),
    vendor: who === 'vendor',
  }),
  supersedes: (_, { words }) => ({ kind: 'campaign.superseded', by: words.join(' ') }),
  'judges-soak': (_, { words: [result] }) => ({
    kind: 'soak.verdict',
    result: result === 'pass' || result === 'fail' ? result : 'inconclusive',
    report: hashOf('soak'),
  }),
  rescans: (_, { words }) => ({
    kind: 'rescan.done',
    clean: words.length === 0,
    remaining: words,
    report: hashOf('rescan'),
  }),
  'signs-audit': (stage, { who, words: [assetId, ...text] }) => ({
    kind: 'audit.signed',
    signed: signedBy(stage, who),
    dispositions: assetId === undefined ? [] : [{ assetId, text: text.join(' ') }],
  }),
  'accepts-risk': (stage, { who, named, words }) => ({
    kind: 'risk.accepted',
    signed: [who, ...listOf(named['with'])].map((one) => signedBy(stage, one)),
    expiresAt: stage.now + durationMs(named['for'] ?? '30d'),
    why: words.join(' '),
  }),
};

function plan(stage: Stage, { words: [kind], named }: Line): CampaignEvent {
  stage.plans += 1;
  const firstStart = stage.now + durationMs(named['start'] ?? '1h');
  return {
    kind: 'plan.compiled',
    plan: hashOf(`plan ${stage.plans}`),
    planKind: kind === 'test' || kind === 'rollback' ? kind : 'production',
    waves: Number(named['waves'] ?? '1'),
    hosts: stage.assets.length,
    firstStart,
    notAfter: firstStart + durationMs(named['authority'] ?? '3d'),
    lastEnd: firstStart + durationMs(named['windows'] ?? '1d'),
    infeasible: listOf(named['infeasible']),
  };
}

/** Proofs as a prober would sign them; room 4 judges them. */
function backups(stage: Stage, { named }: Line): CampaignEvent {
  const { waivers, lane } = campaignOn(stage);
  const facts = stage.assets.filter(isProduction).map(({ assetId, name }) => {
    const waiver = waivers.find((one) => one.assetId === assetId);
    const absent = listOf(named['none']).includes(assetId);
    const age = listOf(named['old']).includes(assetId) ? 3 * DAY_MS : HOUR_MS;
    const proof = {
      evidence: hashOf(`backup of ${name}`),
      hostname: name,
      takenAt: stage.now - age,
      bytes: 1e9,
      earlierBytes: [],
      checkedAt: stage.now - DAY_MS,
    };
    const word = waiver === undefined ? null : { statement: waiver.signed.statement, expiresAt: waiver.expiresAt };
    return { assetId, name, hostname: name, proof: absent ? null : proof, waiver: word };
  });
  return { kind: 'backup.checked', ...checkBackups(facts, POLICY.lanes[lane ?? 'critical'], stage.now) };
}

function currentPlan(stage: Stage): ReturnType<typeof hashOf> {
  return campaignOn(stage).plan?.hash ?? hashOf('none');
}

function laneOf(word: string | undefined): Lane {
  return word === 'routine' || word === 'emergency' || word === 'mitigation' ? word : 'critical';
}

function codeOf(word: string): ReasonCode {
  // A code that is not in the list has no sentence, so the story would fail at once.
  return word as ReasonCode;
}

function listOf(words: string | undefined): string[] {
  return words === undefined ? [] : words.split(',');
}

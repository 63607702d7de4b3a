import type { RoomEvidence } from '@patchsteward/contract';
import { type CampaignState, discrepancies, isEnd, productionOf, type Room } from '@patchsteward/core/campaign';
import { type Instant, type SignedBy, speaksFor } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';

/** Everything that a campaign holds of one room: what its verdict rests on. Pure; the names are those of its scope. */
export function evidenceOf(state: CampaignState, room: Room): RoomEvidence[] {
  return [...EVIDENCE[room](state)];
}

type Gather = (state: CampaignState) => readonly RoomEvidence[];

const EVIDENCE: Readonly<Record<Room, Gather>> = {
  '1-identification': (state) => [updates(state), scope(state)],
  '2-evaluation': (state) => [...lane(state), ...risk(state)],
  '3-testing': (state) => [...authenticity(state), ...trial(state)],
  '4-backup': backups,
  '5-approval': (state) => [...change(state), ...windows(state), ...votes(state), ...notice(state)],
  '6-deployment': (state) => [...stopped(state), ...waves(state), ...wayBack(state), ...declared(state)],
  '7-documentation': (state) => [...soak(state), ...rescan(state), ...audit(state), ...ending(state)],
};

function updates({ releasedAt, firstSeen, updates: all }: CampaignState): RoomEvidence {
  return {
    kind: 'updates',
    releasedAt: timeOf(releasedAt),
    firstSeen: timeOf(firstSeen),
    updates: all.map(({ targets, fixes, ...update }) => ({
      ...update,
      packages: [...new Set(targets.map(({ name }) => name))],
      fixes: [...fixes],
    })),
  };
}

function scope(state: CampaignState): RoomEvidence {
  const production = productionOf(state).length;
  return { kind: 'scope', at: momentOf(state.scopeAt), production, testing: state.assets.length - production };
}

function lane({ lane: name, due, laneReasons }: CampaignState): RoomEvidence[] {
  return name === null ? [] : [{ kind: 'lane', lane: name, due: momentOf(due), reasons: laneReasons.map(reasonBody) }];
}

function risk({ risk: assessed }: CampaignState): RoomEvidence[] {
  if (assessed === null) return [];
  const { restarts, ...assessment } = assessed.assessment;
  return [{ kind: 'risk', ...assessment, restarts: [...restarts], signed: signerOf(assessed.signed) }];
}

function authenticity({ authenticity: judged }: CampaignState): RoomEvidence[] {
  if (judged === null) return [];
  return [
    {
      kind: 'authenticity',
      outcome: judged.kind,
      files: judged.kind === 'verified' ? judged.files : null,
      report: judged.kind === 'verified' ? judged.report : null,
      reasons: judged.kind === 'verified' ? [] : judged.reasons.map(reasonBody),
      signed: judged.kind === 'released' ? judged.signed.map(signerOf) : [],
      at: timeOf(judged.at),
    },
  ];
}

function trial({ trial: run }: CampaignState): RoomEvidence[] {
  const { plan, started, verdict, accepted, debt } = run;
  if (plan === null && verdict === null && debt === null) return [];
  return [
    {
      kind: 'trial',
      plan,
      startedAt: momentOf(started?.at ?? null),
      startedBy: started === null ? null : signerOf(started.signed),
      verdict:
        verdict === null ? null : { ...verdict, reasons: verdict.reasons.map(reasonBody), at: timeOf(verdict.at) },
      accepted: accepted.map(signerOf),
      debt:
        debt === null ? null : { due: timeOf(debt.due), paidAt: momentOf(debt.paidAt), signed: signerOf(debt.signed) },
    },
  ];
}

function backups(state: CampaignState): RoomEvidence[] {
  const { backup } = state;
  if (backup === null) return [];
  return [
    {
      kind: 'backups',
      at: timeOf(backup.at),
      assets: backup.proofs.map((proof) => ({ ...proof, asset: nameIn(state, proof.assetId) })),
      missing: backup.missing.map((reason) => reasonBody({ ...reason, subject: nameIn(state, reason.subject) })),
    },
  ];
}

function change({ change: asked }: CampaignState): RoomEvidence[] {
  if (asked === null) return [];
  return [{ kind: 'change', why: asked.why, at: timeOf(asked.at), signed: signerOf(asked.signed) }];
}

function windows(state: CampaignState): RoomEvidence[] {
  if (state.plan === null) return [];
  const open = productionOf(state).filter(
    (asset) => !state.windows.some(({ signed, assets }) => assets.includes(asset.assetId) && speaksFor(signed, asset)),
  );
  return [
    {
      kind: 'windows',
      agreed: state.windows.map(({ signed, at, assets }) => ({
        signed: signerOf(signed),
        at: timeOf(at),
        assets: assets.map((assetId) => nameIn(state, assetId)),
      })),
      open: open.map(({ name }) => name),
    },
  ];
}

function votes({ plan, votes: given }: CampaignState): RoomEvidence[] {
  return plan === null ? [] : [{ kind: 'votes', plan: plan.hash, votes: given.map(signerOf) }];
}

function notice({ notice: sent }: CampaignState): RoomEvidence[] {
  return sent === null ? [] : [{ kind: 'notice', receipts: sent.receipts, elapsesAt: timeOf(sent.elapsesAt) }];
}

function stopped(state: CampaignState): RoomEvidence[] {
  const { name } = state;
  if (name !== 'halted' && name !== 'paused') return [];
  const now = name === 'halted' ? state.halt : state.pause;
  if (now === null) return [];
  return [{ kind: 'stopped', how: name, by: now.by, at: timeOf(now.at), reasons: now.reasons.map(reasonBody) }];
}

function waves(state: CampaignState): RoomEvidence[] {
  if (state.waves.length === 0) return [];
  return [
    {
      kind: 'waves',
      waves: state.waves.map(({ wave, assets, openedAt, closed }) => ({
        wave,
        assets: assets.map((assetId) => nameIn(state, assetId)),
        openedAt: timeOf(openedAt),
        closed: closed === null ? null : { ...closed, at: timeOf(closed.at) },
      })),
    },
  ];
}

function wayBack(state: CampaignState): RoomEvidence[] {
  const { rollback, rolledBack } = state;
  if (rollback === null) return [];
  const named = (assets: readonly string[]) => assets.map((assetId) => nameIn(state, assetId));
  return [
    {
      kind: 'way-back',
      why: rollback.why,
      at: timeOf(rollback.at),
      signed: rollback.signed.map(signerOf),
      done: rolledBack === null ? null : { assets: named(rolledBack.assets), failed: named(rolledBack.failed) },
    },
  ];
}

function declared(state: CampaignState): RoomEvidence[] {
  if (state.declared.length === 0) return [];
  return [
    {
      kind: 'declared',
      hosts: state.declared.map(({ assetId, as, why, at, signed }) => ({
        ...{ asset: nameIn(state, assetId), as, why },
        ...{ at: timeOf(at), signed: signerOf(signed) },
      })),
    },
  ];
}

function soak({ soak: watched }: CampaignState): RoomEvidence[] {
  return watched === null ? [] : [{ kind: 'soak', ...watched, at: timeOf(watched.at) }];
}

function rescan(state: CampaignState): RoomEvidence[] {
  const { rescan: looked } = state;
  if (looked === null) return [];
  const remaining = looked.remaining.map((assetId) => nameIn(state, assetId));
  return [{ kind: 'rescan', clean: looked.clean, remaining, report: looked.report, at: timeOf(looked.at) }];
}

/** What the audit has to answer for is asked for from the monitoring on: before, nothing is settled. */
function audit(state: CampaignState): RoomEvidence[] {
  if (state.rescan === null && state.audits.length === 0) return [];
  const told = new Set(state.dispositions.map(({ assetId }) => assetId));
  return [
    {
      kind: 'audit',
      signed: state.audits.map(signerOf),
      dispositions: state.dispositions.map(({ assetId, text }) => ({ assetId, asset: nameIn(state, assetId), text })),
      unexplained: discrepancies(state)
        .filter((assetId) => !told.has(assetId))
        .map((assetId) => ({ assetId, asset: nameIn(state, assetId) })),
    },
  ];
}

function ending({ end, name }: CampaignState): RoomEvidence[] {
  if (end === null || !isEnd(name)) return [];
  return [{ kind: 'end', state: name, why: end.why, until: momentOf(end.until) }];
}

function nameIn({ assets }: Pick<CampaignState, 'assets'>, subject: string): string {
  return assets.find(({ assetId }) => assetId === subject)?.name ?? subject;
}

function signerOf({ person, roles, keyClass, statement }: SignedBy) {
  return { person, roles: [...roles], keyClass, statement };
}

function momentOf(instant: Instant | null): string | null {
  return instant === null ? null : timeOf(instant);
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

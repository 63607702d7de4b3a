import { type Hash, isProduction, type Lane } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import type { Statement } from '@patchsteward/trust/statement';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { currentPlan, namesOf } from './current-plan.ts';
import { readAgain } from './plan-check.ts';
import { loadPlan } from './plan-load.ts';
import { reviewText } from './review-text.ts';
import type { SigningOptions, WhyOptions } from './signing-options.ts';
import type { Draft, Speaker } from './statement-run.ts';

export interface AgreeOptions extends SigningOptions {
  readonly asset?: readonly string[];
}
export interface WaiveOptions extends WhyOptions {
  readonly asset: string;
  readonly until: number;
}
export interface RiskOptions extends SigningOptions {
  readonly impact: 'low' | 'medium' | 'high';
  readonly reboot?: true;
  readonly restart?: readonly string[];
  readonly wayBack: 'rehearsed' | 'prepared' | 'none';
  readonly exposure?: string;
  readonly note?: string;
}
export interface AuditOptions extends SigningOptions {
  readonly disposition?: readonly string[];
}
export interface UntilOptions extends WhyOptions {
  readonly until: number;
}
export interface LaneOptions extends WhyOptions {
  readonly lane: Lane;
  readonly due: number;
}
export interface DeclareOptions extends WhyOptions {
  readonly asset: string;
  readonly as: 'up-verified' | 'down-accepted' | 'decommissioned';
}

/** Kinds that say why, and nothing else. */
type WhyKind = Extract<
  Statement['kind'],
  'resume' | 'test.accepted' | 'auth.released' | 'rollback.requested' | 'approval.refused' | 'approval.revoked'
>;

export function whyStatement(kind: WhyKind): (speaker: Speaker, options: WhyOptions) => Draft {
  return (speaker, { why }) => ({ statement: { kind, ...said(speaker), plan: null, body: { why } } });
}

/** A word about the plan that stands now, and about no other. */
export function planStatement(
  kind: 'approval.refused' | 'approval.revoked',
): (speaker: Speaker, options: WhyOptions) => Promise<Draft> {
  return async (speaker, { why }) => {
    const { plan } = await currentPlan(speaker.client, speaker.campaign, { kinds: ['production'] });
    return { statement: { kind, ...said(speaker), plan: hashOf(plan), body: { why } } };
  };
}

/** The owner sees the whole plan, from its work orders, and agrees for the assets that are theirs. // SOP R2, P6.1 */
export function agreeWindow(context: Context): (speaker: Speaker, options: AgreeOptions) => Promise<Draft> {
  return async (speaker, { asset }) => {
    const { client, campaign, by } = speaker;
    const { plan } = await currentPlan(client, campaign, { kinds: ['production'] });
    const loaded = await loadPlan(client, plan, context);
    const reading = await readAgain(client, campaign, loaded);
    // The campaign asks for the owner's word on every host in production, one that this plan leaves out as well.
    const scope = new Map(campaign.scope.filter(isProduction).map((one) => [one.id, one]));
    const named =
      asset === undefined ? null : await Promise.all(asset.map(async (one) => (await assetNamed(client, one)).id));
    const own = [...scope.values()].filter(({ owner }) => owner === by).map(({ id }) => id);
    const assets = (named ?? own).filter((id) => scope.has(id)).sort();
    if (assets.length === 0) {
      throw new Failure(
        named === null
          ? `${by} owns none of the assets in production of this campaign`
          : 'none of these assets is in production in this campaign',
        'name assets with --asset; the campaign is shown by "patchsteward campaign show"',
      );
    }
    return {
      shown: `${reviewText(loaded, namesOf(campaign), reading)}\n`,
      statement: { kind: 'window.agreed', ...said(speaker), plan: hashOf(plan), body: { assets } },
    };
  };
}

export async function waiveBackup(speaker: Speaker, { asset, until, why }: WaiveOptions): Promise<Draft> {
  const { id } = await assetNamed(speaker.client, asset);
  return {
    statement: { kind: 'waiver', ...said(speaker), plan: null, body: { assetId: id, expiresAt: ahead(until), why } },
  };
}

export function assessRisk(speaker: Speaker, options: RiskOptions): Draft {
  const { impact, reboot, restart = [], wayBack, exposure = '', note = '' } = options;
  const restarts = [...new Set(restart)].sort();
  return {
    statement: {
      kind: 'risk.assessed',
      ...said(speaker),
      plan: null,
      body: { impact, reboot: reboot === true, restarts, rollback: wayBack, exposure, note },
    },
  };
}

/** `web-1=Reinstalled by hand.`: what became of a host that the record does not show as done. // SOP P7.2 */
export async function audit(speaker: Speaker, { disposition = [] }: AuditOptions): Promise<Draft> {
  const read = await Promise.all(
    disposition.map(async (text) => {
      const at = text.indexOf('=');
      if (at < 1 || text.slice(at + 1).trim() === '') {
        throw new Failure(`--disposition ${text} says nothing`, 'write it as asset=what became of it', {
          exitCode: EXIT.usage,
        });
      }
      const { id } = await assetNamed(speaker.client, text.slice(0, at));
      return { assetId: id, text: text.slice(at + 1).trim() };
    }),
  );
  const dispositions = read.sort((one, other) => (one.assetId < other.assetId ? -1 : 1));
  return { statement: { kind: 'audit.signed', ...said(speaker), plan: null, body: { dispositions } } };
}

export function acceptRisk(speaker: Speaker, { until, why }: UntilOptions): Draft {
  return { statement: { kind: 'risk.accepted', ...said(speaker), plan: null, body: { expiresAt: ahead(until), why } } };
}

export function setLane(speaker: Speaker, { lane, due, why }: LaneOptions): Draft {
  return { statement: { kind: 'lane.set', ...said(speaker), plan: null, body: { lane, due: ahead(due), why } } };
}

/** // SOP P3.1, the exception for what cannot wait */
export function deferTest(speaker: Speaker, { until, why }: UntilOptions): Draft {
  return { statement: { kind: 'test.deferred', ...said(speaker), plan: null, body: { due: ahead(until), why } } };
}

export async function signException(speaker: Speaker, { asset, until, why }: WaiveOptions): Promise<Draft> {
  const { id } = await assetNamed(speaker.client, asset);
  const body = { assetId: id, expiresAt: ahead(until), why };
  return { statement: { kind: 'exception.signed', ...said(speaker), plan: null, body } };
}

export async function declareHost(speaker: Speaker, { asset, as, why }: DeclareOptions): Promise<Draft> {
  const { id } = await assetNamed(speaker.client, asset);
  return { statement: { kind: 'host.declared', ...said(speaker), plan: null, body: { assetId: id, as, why } } };
}

function said({ campaign, by, at }: Speaker) {
  return { campaign: campaign.id, by, at };
}

function ahead(at: number): number {
  if (at > Date.now()) return at;
  throw new Failure(`${new Date(at).toISOString()} has passed`, 'name a time that lies ahead', {
    exitCode: EXIT.usage,
  });
}

function hashOf(text: string): Hash {
  if (isHash(text)) return text;
  throw new Failure('the server names a plan by something that is no hash', 'check the address of the server');
}

import type { Readable } from 'node:stream';
import { decideGrant } from '@patchsteward/core/6-deployment';
import type { TransactionProposal } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { reportHash } from '@patchsteward/trust/statement';
import type { AppendEvents, HoldCampaign } from '../platform/campaign-door.ts';
import type { Changed, Corridor } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type GrantParts, grantJob } from './agent-grant.ts';
import { createOffers, ownJob, type PlanSource } from './agent-offer.ts';
import { listOpenJobs } from './job-store.ts';
import { type GrantSources, grantStore, jobStore, reportStore } from './postgres-store.ts';
import { acceptReports, type ReportParts } from './reports.ts';

export type AgentJobRouteId =
  | 'agent.proposal'
  | 'agent.job'
  | 'agent.grant'
  | 'agent.reports'
  | 'agent.artifact'
  | 'agent.roots'
  | 'agent.root';

interface ProposalGiven {
  readonly id: string;
  readonly assetId: string;
  readonly packagesHash: Hash;
  readonly answer: TransactionProposal['answer'];
  readonly at: Instant;
}

export interface AgentJobParts extends GrantSources, Omit<GrantParts, 'change' | 'ownJob' | 'decide'> {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly append: AppendEvents;
  readonly hold: HoldCampaign;
  readonly plans: PlanSource;
  /** Room 3 keeps what a host answered, and verifies it. */
  readonly takeProposal: (
    tx: Tx,
    given: ProposalGiven,
  ) => Promise<Omit<Changed<void>, 'value'> & { readonly kind: 'stored' | 'unknown' | 'outdated' }>;
  /** Room 3's store of verified bytes. */
  readonly openArtifact: (
    sha256: Hash,
  ) => Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined>;
  /** The files that a host needs for a work order: what it installs, and what it goes back to. */
  readonly filesOf: (plan: Hash, assetId: string) => Promise<ReadonlySet<string>>;
}

/** The doors for hosts that act. // rollout §2.6 protocol, decided 17 */
export function agentJobRoutes(parts: AgentJobParts): Handlers<AgentJobRouteId> {
  const { db, corridor, plans, append, silenceMs } = parts;
  const offer = createOffers({
    ...{ db, plans },
    jobs: { silenceMs, change: (by, work) => corridor.change(by, (tx) => work(jobStore(tx, append))) },
  });
  const reports: ReportParts = {
    silenceMs,
    hashOf: reportHash,
    change: (by, work) => corridor.change(by, (tx) => work(reportStore(tx, append, parts.hold))),
  };
  const grants: GrantParts = {
    ...parts,
    decide: decideGrant,
    ownJob: (key, assetId) => ownJob(db, key, assetId),
    change: (by, work) => corridor.change(by, (tx) => work(grantStore(tx, append, parts))),
  };
  return {
    'agent.proposal': async ({ params, body, principal, now }) => {
      const { assetId } = principal;
      await corridor.change({ actor: `agent:${assetId}`, at: now }, async (tx) => {
        const { kind, ...changed } = await parts.takeProposal(tx, {
          id: params.id,
          assetId,
          // The contract checked the form of every hash.
          packagesHash: body.packagesHash as Hash,
          answer: body.answer as TransactionProposal['answer'],
          at: now,
        });
        // An answer to what was asked before the packages changed is of no use, and no fault of the host.
        if (kind === 'unknown') throw new Refusal('not-found', `Nobody asked this host ${params.id}.`);
        return { value: undefined, ...changed };
      });
      return { stored: true };
    },
    'agent.job': ({ params, query, principal, now }) => offer(params.job, principal.assetId, query.rootVersion, now),
    'agent.grant': ({ params, body, principal, now }) =>
      grantJob(grants, { key: params.job, assetId: principal.assetId, bootId: body.bootId, at: now }),
    'agent.reports': ({ body, principal, now }) => acceptReports(reports, { ...principal, at: now }, body.reports),
    'agent.artifact': async ({ params, principal }) => {
      const wanted = await isWanted(parts, params.sha256, principal.assetId);
      // The contract checked the form of the hash.
      const artifact = wanted ? await parts.openArtifact(params.sha256 as Hash) : undefined;
      if (artifact === undefined) throw new Refusal('not-found', `No open job of this host needs ${params.sha256}.`);
      return { bytes: artifact.stream, mediaType: 'application/vnd.debian.binary-package' };
    },
    'agent.roots': async ({ query }) => ({ roots: [...(await plans.rootsAfter(db, query.after))] }),
    'agent.root': async ({ params }) => {
      const [root] = await plans.rootsAfter(db, params.version - 1);
      if (root === undefined) throw new Refusal('not-found', `There is no trust root of version ${params.version}.`);
      return root;
    },
  };
}

async function isWanted({ db, filesOf }: AgentJobParts, sha256: string, assetId: string): Promise<boolean> {
  for (const { plan } of await listOpenJobs(db, assetId)) {
    if ((await filesOf(plan, assetId)).has(sha256)) return true;
  }
  return false;
}

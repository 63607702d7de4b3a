import type { AgentTask, RunnerFacts } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Authority } from '../platform/certificates/authority.ts';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { checkIn } from './check-in-perform.ts';
import { createEnrollmentLimit } from './enrollment-limit.ts';
import { checkedKey, enroll } from './enrollment-perform.ts';
import { type HostKey, readHostKey } from './host-key.ts';
import { createSectionLimit } from './section-limit.ts';
import { storeSection } from './section-perform.ts';

export interface AgentParts {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly authority: Authority;
  /** What agents are told to wait between two check-ins; they spread around it themselves. */
  readonly pollMs: number;
  /** What a host that checked in is told to do; room 6 knows. */
  readonly attend: (host: {
    readonly assetId: string;
    readonly runner: RunnerFacts | null | undefined;
    readonly at: Instant;
  }) => Promise<AgentTask[]>;
}

export type EnrolledRouteId = 'agent.ca' | 'agent.enroll' | 'agent.check-in' | 'agent.section' | 'agent.renew';

export function agentRoutes(parts: AgentParts): Handlers<EnrolledRouteId> {
  const { db, authority, pollMs } = parts;
  const limitEnrollment = createEnrollmentLimit();
  const limitSections = createSectionLimit();
  const caPem = authority.certificatePem;
  return {
    'agent.ca': () => Promise.resolve({ caPem }),
    'agent.enroll': async ({ body, address, now }) => {
      const { key, assetId } = await limitEnrollment(address, now, async () => {
        const checked = checkedKey(body);
        return { key: checked, assetId: await enroll(parts, body, checked, now) };
      });
      const certificatePem = await authority.issueAgent(key.publicKey, assetId, now);
      return { assetId, certificatePem, caPem, nextPollMs: pollMs };
    },
    'agent.check-in': async ({ body, principal, now }) => {
      const { bootId, agentVersion, sections, runner } = body;
      const { assetId } = principal;
      const missing = await checkIn(parts, { assetId, at: now, bootId, agentVersion, sections });
      if (missing.length > 0) return { accepted: false, missing: [...missing], nextPollMs: pollMs, tasks: [] };
      const tasks = await parts.attend({ assetId, runner, at: now });
      return { accepted: true, missing: [], nextPollMs: pollMs, tasks };
    },
    'agent.section': async ({ params, body, principal, now }) => {
      const bytes = await limitSections(principal.assetId, now, body.all);
      await storeSection(db, { name: params.section, hash: params.hash, bytes, at: now });
      return { stored: true };
    },
    'agent.renew': async ({ body, principal, now }) => {
      const key = sameKey(readHostKey(body.publicKeyPem), principal.keyFingerprint);
      return { certificatePem: await authority.issueAgent(key.publicKey, principal.assetId, now), caPem };
    },
  };
}

/** A certificate is only ever made for the key that the connection has proved. */
function sameKey(key: HostKey | undefined, fingerprint: string): HostKey {
  if (key?.fingerprint === fingerprint) return key;
  throw new Refusal('bad-request', 'The key to renew is not the key of this connection.', {
    details: [{ path: 'body.publicKeyPem', problem: 'must be the key that this host enrolled with' }],
  });
}

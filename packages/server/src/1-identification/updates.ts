import type { AssetUpdates, UpdateBody } from '@patchsteward/contract';
import { type Finding, offeredAs, type Update } from '@patchsteward/core/1-identification';
import { type Assessment, assess, assessTogether, type FindingFacts } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import { type AssetFacts, condenseReasons, type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { reasonBody } from '../platform/http/reason-body.ts';
import { assessmentBody } from './assessment-body.ts';
import type { Evidence } from './evidence.ts';
import { memoryPage, type PageQuery, wordsIn } from './memory-page.ts';

interface AssessedUpdate {
  readonly update: Update;
  readonly assessment: Assessment;
}

const Cursor = z.tuple([z.number(), z.number(), z.string(), z.string()]);
type Place = z.infer<typeof Cursor>;

/** A page of what is offered to an asset, the most urgent first: security before the rest. // SOP P2.2 */
export function updatesPage(
  evidence: Evidence,
  { name, ...asset }: AssetFacts & { readonly name: string },
  query: PageQuery,
  by: { readonly policy: Policy; readonly now: Instant },
): AssetUpdates {
  const matches = wordsIn(query.search);
  const findings = Map.groupBy(evidence.findings, (finding) => packageOf(finding.package, finding.architecture));
  const found = evidence.updates
    .filter((update) => matches(update.name, update.source, update.to, ...update.fixes))
    .map((update) => {
      const own = findings.get(packageOf(update.name, update.architecture)) ?? [];
      return { update, assessment: assessUpdate(update, own, evidence, asset, by) };
    });
  const { items, next, total } = memoryPage(found, query, placeOf, Cursor);
  const { unanswered } = evidence;
  return {
    items: items.map(updateBody),
    next,
    total,
    reasons: unanswered === null ? [] : [reasonBody(reasonOf('updates-not-known', `${name} (${unanswered})`))],
  };
}

function packageOf(name: string, architecture: string): string {
  return `${name} ${architecture}`;
}

/** As urgent as the most urgent of what it fixes; without a vulnerability it is routine, and due all the same. // SOP S2 */
function assessUpdate(
  update: Update,
  findings: readonly Finding[],
  evidence: Evidence,
  asset: AssetFacts,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Assessment {
  const facts = findings
    .filter((finding) => update.fixes.includes(finding.vulnerability))
    .map((finding) => evidence.knowledgeOf(finding).facts);
  const [first, ...rest] = facts;
  return first === undefined
    ? assess(plainFacts(update, evidence, now), asset, policy, now)
    : assessTogether([first, ...rest], asset, policy, now);
}

function plainFacts(update: Update, evidence: Evidence, now: Instant): FindingFacts {
  const scope = (evidence.coverage.kind === 'judged' ? evidence.coverage.scope : null) ?? '';
  const { source, sourceVersion } = offeredAs(update, scope);
  const dates = evidence.offerDatesOf(source, sourceVersion);
  return {
    subject: `${update.name} ${update.to}`,
    security: update.kind === 'security',
    fixed: update.to,
    advisoryAt: null,
    advisoryPrecision: 'time',
    indexAt: dates?.index_date ?? null,
    advisorySeen: dates?.first_seen ?? now,
    declaredEmergencyAt: null,
    intelligence: null,
  };
}

function placeOf({ update, assessment }: AssessedUpdate): Place {
  return [assessment.due, -assessment.priority, update.name, update.architecture];
}

function updateBody({ update, assessment }: AssessedUpdate): UpdateBody {
  const { fixes, origins, reasons, module: _, ...rest } = update;
  return {
    ...rest,
    origins: [...origins],
    fixes: [...fixes],
    assessment: assessmentBody({ ...assessment, reasons: condenseReasons(assessment.reasons) }),
    reasons: reasons.map(reasonBody),
  };
}

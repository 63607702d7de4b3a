import type { AssetFindings, FindingBody } from '@patchsteward/contract';
import {
  type Finding,
  isKept,
  kernelReasons,
  onPlatform,
  type PlatformSupport,
  PRODUCT_SCOPE,
  type UnsupportedPackage,
  unfixedReason,
} from '@patchsteward/core/1-identification';
import { type Assessment, type AssetAnswers, assess, withAnswers } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { AssetFacts, Instant, Reason, SystemState } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { reasonBody } from '../platform/http/reason-body.ts';
import { assessmentBody, intelligenceBody } from './assessment-body.ts';
import type { Evidence } from './evidence.ts';
import { type AssetTimes, waitsBody } from './finding-waits.ts';
import { memoryPage, type PageQuery, wordsIn } from './memory-page.ts';

/** One vulnerability in one source version of an asset, in every package that it arrives in. */
interface AssetFinding {
  readonly first: Finding;
  readonly packages: readonly Finding[];
  readonly assessment: Assessment;
  readonly reasons: readonly Reason[];
}

const Cursor = z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()]);
type Place = z.infer<typeof Cursor>;

interface By {
  readonly policy: Policy;
  readonly now: Instant;
  /** Of its platform; null: no source says. */
  readonly support: PlatformSupport | null;
  /** Packages of it that their vendor does not support in full. */
  readonly unsupported: readonly UnsupportedPackage[];
  /** What people answered on this asset. */
  readonly answers: AssetAnswers;
  readonly times: AssetTimes;
}

/** A page of what an asset is affected by, the most urgent first. */
export function findingsPage(
  evidence: Evidence,
  asset: AssetFacts,
  system: SystemState,
  query: PageQuery,
  by: By,
): Omit<AssetFindings, 'judged'> {
  const matches = wordsIn(query.search);
  const all = assetFindings(evidence, asset, system, by);
  const found = all.filter(({ first, packages }) =>
    matches(first.vulnerability, first.advisory, first.source, ...packages.map((one) => one.package)),
  );
  const { items, next, total } = memoryPage(found, query, placeOf, Cursor);
  const pins = pinsOf(evidence);
  return {
    items: items.map((finding) => findingBody(finding, evidence, pins, by)),
    next,
    total,
    answered: all.filter(({ assessment }) => assessment.answered !== null).length,
    unjudgedPackages: evidence.unjudged.length,
    notCovered: notCoveredOf(evidence),
    contested: evidence.contested.length,
    unsupported: by.unsupported.slice(0, UNSUPPORTED_NAMED_MAX).map(unsupportedBody),
    unsupportedTotal: by.unsupported.length,
  };
}

/** Of a large bill thousands may be: who reads it learns the first of them, and how many there are in all. */
const NOT_COVERED_NAMED_MAX = 30;

/** More in one list nobody reads; how many there are in all is told. */
const UNSUPPORTED_NAMED_MAX = 100;

function unsupportedBody(one: UnsupportedPackage): AssetFindings['unsupported'][number] {
  const { package: name, version, state, until, extendedUntil, why } = one;
  const timestamp = (instant: Instant | null) => (instant === null ? null : new Date(instant).toISOString());
  return { package: name, version, state, until: timestamp(until), extendedUntil: timestamp(extendedUntil), why };
}

function notCoveredOf({ unjudged }: Evidence): string[] {
  const names = unjudged.filter(({ reason }) => reason.code === 'release-not-covered').map((one) => one.package);
  const distinctNames = new Set(names.map(({ name, version }) => `${name} ${version}`));
  return [...distinctNames].slice(0, NOT_COVERED_NAMED_MAX);
}

function assetFindings(
  evidence: Evidence,
  asset: AssetFacts,
  system: SystemState,
  { policy, now, answers, support, unsupported }: By,
): AssetFinding[] {
  const { release, ecosystem, packages: own } = evidence.packageSet;
  const platform = release.prettyName;
  // What is in an application is supported by whoever makes it.
  const products = new Set(own.flatMap(({ type, name }) => (type === PRODUCT_SCOPE ? [name] : [])));
  const isOfPlatform = (finding: Finding) => ecosystem !== 'components' || products.has(finding.package);
  const ended = new Map(
    unsupported.flatMap((one) => (one.state === 'ended' ? [[`${one.package} ${one.version}`, one] as const] : [])),
  );
  const findings = evidence.findings.map((finding) => {
    const { source, sourceVersion, package: name, installed } = finding;
    const alone = ended.get(ecosystem === 'components' ? `${name} ${installed}` : `${source} ${sourceVersion}`);
    if (alone?.until == null) return told(finding, isOfPlatform(finding) ? support : null, platform);
    return told(finding, { state: 'ended', phase: 'regular', until: alone.until, extendedUntil: null }, alone.package);
  });
  const ofKernel = kernelReasons(findings, system);
  const groups = Map.groupBy(findings, (one) => `${one.source} ${one.sourceVersion} ${one.vulnerability}`);
  return [...groups.values()].flatMap((packages) => {
    const [first] = packages;
    if (first === undefined) return [];
    const { facts } = evidence.knowledgeOf(first);
    const reasons = packages.flatMap((one) => [...one.reasons, ...(ofKernel.get(one) ?? [])]);
    const assessment = assess(withAnswers(facts, answers), asset, policy, now);
    return [{ first, packages, assessment, reasons: distinct(reasons) }];
  });
}

/** A finding to which no fix comes any more says so, and what is left to do. */
function told(finding: Finding, support: PlatformSupport | null, platform: string): Finding {
  const now = onPlatform(finding, support, platform);
  if (now === finding) return finding;
  const reasons = finding.reasons.filter(({ code }) => code !== 'no-fix-available');
  return { ...now, reasons: [unfixedReason(now.status, now.vulnerability), ...reasons] };
}

function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [`${reason.code} ${reason.subject}`, reason])).values()];
}

function placeOf({ first, assessment }: AssetFinding): Place {
  return [assessment.due, -assessment.priority, first.vulnerability, first.source, first.sourceVersion];
}

/** By package: once for all of them, of which an asset has hundreds. */
function pinsOf({ packageSet }: Evidence): ReadonlyMap<string, string | undefined> {
  return new Map(packageSet.packages.map((one) => [`${one.name} ${one.architecture}`, one.pin]));
}

function pinnedBy(pin: string | undefined): { readonly pin?: string } {
  return pin === undefined ? {} : { pin };
}

/** Only what is open is a finding. */
function statusOf({ status }: Finding): FindingBody['status'] {
  return status === 'wont_fix' || status === 'deferred' || status === 'end_of_life' ? status : 'affected';
}

function findingBody(
  finding: AssetFinding,
  evidence: Evidence,
  pins: ReturnType<typeof pinsOf>,
  { times, now }: By,
): FindingBody {
  const { first, packages, assessment, reasons } = finding;
  const { known, advisoryUrl, advisorySource } = evidence.knowledgeOf(first);
  const held = new Set(packages.filter(isKept).map((one) => `${one.package} ${one.architecture}`));
  const offers = packages.flatMap((one) => one.offered ?? []);
  return {
    vulnerability: first.vulnerability,
    source: first.source,
    sourceVersion: first.sourceVersion,
    packages: packages.map(({ package: name, architecture, installed }) => ({
      name,
      architecture,
      version: installed,
      hold: held.has(`${name} ${architecture}`),
      ...pinnedBy(pins.get(`${name} ${architecture}`)),
    })),
    advisory: first.advisory,
    advisoryUrl,
    advisorySource,
    feed: first.feed,
    status: statusOf(first),
    fixed: first.fixed,
    fixOffered: [...new Map(offers.map((offer) => [`${offer.name} ${offer.to}`, offer])).values()].map((offer) => ({
      ...offer,
      origins: [...offer.origins],
    })),
    why: first.why,
    losing: first.judgment.losing.map(({ claim, because }) => ({
      advisory: claim.advisory,
      feed: claim.feed,
      status: claim.status,
      because,
    })),
    intelligence: intelligenceBody(known),
    assessment: assessmentBody(assessment),
    ...waitsBody(finding, evidence, times, now),
    reasons: reasons.map(reasonBody),
  };
}

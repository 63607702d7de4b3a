import type { VersionOrder } from '../versions/index.ts';
import { type OfferedUpdate, reasonOf, type UpdateOffers } from '../vocabulary/index.ts';
import type { Finding } from './finding.ts';
import { offeredAs } from './judged-as.ts';
import { isKernelSource } from './kernel-package.ts';

/** Adds to each finding what the package manager offers against it; nothing where it did not answer. */
export function withOffers(findings: readonly Finding[], offers: UpdateOffers, order: VersionOrder): Finding[] {
  if (offers.unanswered !== null) return [...findings];
  const byPackage = Map.groupBy(offers.updates, ({ name, architecture }) => `${name} ${architecture}`);
  return findings.map((finding) => {
    // A kernel's package carries its version in its name: the fix comes as a new package of the same source.
    const candidates = isKernelSource(finding.source)
      ? offers.updates
      : (byPackage.get(`${finding.package} ${finding.architecture}`) ?? []);
    return withCandidates(finding, candidates, order);
  });
}

function withCandidates(finding: Finding, candidates: readonly OfferedUpdate[], order: VersionOrder): Finding {
  const fixing = candidates.filter((candidate) => hasFix(candidate, finding, order));
  const offered = fixing.map(({ name, to, origins }) => ({ name, to, origins }));
  if (finding.fixed === null) return { ...finding, offered };
  const others = finding.reasons.filter(({ code }) => code !== 'fix-needs-subscription');
  if (fixing.length === 0) {
    // Who is not subscribed has no origin that could be configured.
    if (others.length < finding.reasons.length) return { ...finding, offered };
    const reason = reasonOf('fix-not-in-configured-origins', `${finding.source} ${finding.fixed}`);
    return { ...finding, offered, reasons: [...finding.reasons, reason] };
  }
  // Who is offered the fix is subscribed.
  if (!fixing.every(({ phased }) => phased)) return { ...finding, offered, reasons: others };
  return { ...finding, offered, reasons: [...others, reasonOf('update-phased', finding.package)] };
}

/** Whether the offered version contains the fix that the finding asks for. */
export function hasFix(offer: OfferedUpdate, finding: Finding, order: VersionOrder): boolean {
  if (finding.fixed === null) return false;
  const { source, sourceVersion } = offeredAs(offer, finding.judgment.winner.scope);
  return source === finding.source && order.compare(sourceVersion, finding.fixed) >= 0;
}

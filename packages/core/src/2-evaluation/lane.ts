import type { Policy } from '../policy/index.ts';
import type { AssetFacts, Lane, ReasonCode } from '../vocabulary/index.ts';
import { type BodAssessment, isUrgentBod } from './bod.ts';
import { isExposed } from './exposure.ts';
import { type FindingFacts, UNKNOWN_INTELLIGENCE, type VulnerabilityFacts } from './facts.ts';
import type { SsvcAssessment } from './ssvc.ts';

/** The lane and what put it there. */
export interface LaneChoice {
  readonly lane: Lane;
  /** A clause: `its CVSS base score is 9.8`. */
  readonly cause: string;
  /** The clocks that apply beside that of the lane: the shortest wins. */
  readonly alsoCritical: boolean;
  readonly reasons: readonly ReasonCode[];
}

interface Signals {
  readonly facts: VulnerabilityFacts;
  readonly bod: BodAssessment | null;
  readonly ssvc: SsvcAssessment | null;
}

/** Which lane a finding or an update travels. // SOP P2.1 P2.2 S1 S2 S3, SP 800-40r4 §2.3 */
export function laneOf(finding: FindingFacts, asset: AssetFacts, policy: Policy, signals: Signals): LaneChoice {
  const emergency = emergencyCause(finding, asset, signals);
  const critical = criticalCause(signals, policy);
  const reasons = reasonsOf(finding, asset, signals, emergency);
  const unknown = finding.security && signals.facts.severity === 'unknown' && signals.facts.cvss === null;

  if (finding.platformEnded !== undefined) {
    const { lane } = policy.endOfLife;
    return { lane, cause: 'it gets no fixes any more', alsoCritical: false, reasons: ['no-fix-available'] };
  }
  if (finding.fixed === null) {
    const cause = emergency ?? critical;
    if (cause !== null)
      return { lane: 'mitigation', cause: `no patch is known and ${cause}`, alsoCritical: false, reasons };
    return { lane: 'routine', cause: 'no patch is known and nothing makes it urgent', alsoCritical: false, reasons };
  }
  if (emergency !== null) {
    return { lane: 'emergency', cause: emergency, alsoCritical: critical !== null || unknown, reasons };
  }
  if (critical !== null) return { lane: 'critical', cause: critical, alsoCritical: true, reasons };
  if (unknown) {
    return { lane: 'critical', cause: 'it is a security update of unknown severity', alsoCritical: true, reasons };
  }
  const cause = finding.security ? 'nothing makes it urgent' : 'it fixes no known vulnerability';
  return { lane: 'routine', cause, alsoCritical: false, reasons };
}

function emergencyCause(finding: FindingFacts, asset: AssetFacts, { facts, ssvc }: Signals): string | null {
  if (finding.declaredEmergencyAt !== null) return 'Security declared it an emergency';
  if (facts.knownExploited !== null && isExposed(asset.exposure)) {
    if (facts.ssvc?.automatable === true) return 'it is exploited, the asset is exposed and attacks can be automated';
    if (facts.ssvc?.technicalImpact === 'total')
      return 'it is exploited, the asset is exposed and an attack gives total control';
  }
  return ssvc?.decision === 'immediate' ? 'SSVC says immediate' : null;
}

function criticalCause({ facts, bod, ssvc }: Signals, policy: Policy): string | null {
  if (facts.severity === 'critical') return `${facts.severityFrom ?? 'its source'} calls it critical`;
  if (facts.cvss !== null && facts.cvss >= policy.critical.cvssMin) return `its CVSS base score is ${facts.cvss}`;
  const decision = ssvc?.decision;
  if (decision === 'out-of-cycle' || decision === 'immediate') return `SSVC says ${decision}`;
  return bod !== null && isUrgentBod(bod.outcome) ? `BOD 26-04 gives it ${parseInt(bod.outcome, 10)} days` : null;
}

function reasonsOf(
  finding: FindingFacts,
  asset: AssetFacts,
  { facts }: Signals,
  emergency: string | null,
): ReasonCode[] {
  const reasons: ReasonCode[] = [];
  if (finding.security && facts.severity === 'unknown' && facts.cvss === null) reasons.push('severity-unknown');
  if (facts.held === true) reasons.push('urgency-held');
  if (finding.security && asset.exposure === 'unknown') reasons.push('exposure-unknown');
  if (finding.fixed === null) reasons.push('no-fix-available');
  const { automatable = null, technicalImpact = null } = facts.ssvc ?? {};
  const detailsMissing = automatable === null || technicalImpact === null;
  if (facts.knownExploited !== null && emergency === null && isExposed(asset.exposure) && detailsMissing) {
    reasons.push('exploitation-details-unknown');
  }
  return reasons;
}

/** What is known of the vulnerability; nothing, for an update without one. */
export function factsOf(finding: FindingFacts): VulnerabilityFacts {
  return finding.intelligence ?? UNKNOWN_INTELLIGENCE;
}

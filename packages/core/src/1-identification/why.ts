import type { VersionOrder } from '../versions/index.ts';
import type { Claim, ClaimStatus } from './claim.ts';
import type { SourceVersion } from './judgment.ts';
import { inclusionOf } from './version-range.ts';

// One sentence each, which a person can check against the advisory: which version, which bound, which advisory.

/** What a person read out of an announcement says whose reading it is. */
function readBy({ provenance }: Claim): string {
  return provenance === undefined ? '' : `, ${provenance}`;
}

export function whyAffected(source: SourceVersion, claim: Claim, order: VersionOrder): string {
  const name = `${source.source} ${source.sourceVersion}`;
  const said = `${claim.advisory} (${claim.vulnerability})`;
  const inclusion = inclusionOf(claim, source.sourceVersion, order);
  if (inclusion.kind === 'listed')
    return `${name} is one of the versions that ${said} lists as affected${readBy(claim)}.`;
  if (inclusion.kind !== 'in-range') return `${name} is affected: ${said} speaks of every version${readBy(claim)}.`;

  const { introduced, fixed, lastAffected } = inclusion.range;
  const since = introduced === null ? '' : `not below ${introduced}, where it came in, and `;
  if (fixed !== null) {
    return `${name} is ${since}below ${fixed}, in which ${claim.advisory} fixes ${claim.vulnerability}${readBy(claim)}.`;
  }
  if (lastAffected !== null)
    return `${name} is ${since}not above ${lastAffected}, the last version that ${said} affects${readBy(claim)}.`;
  return `${name} is affected: ${said} names no version that fixes it${readBy(claim)}.`;
}

/** `holding`: claims of the same authority that still call the version affected, and are not followed. */
export function whyFixed(source: SourceVersion, claim: Claim, fixed: string, holding: readonly Claim[]): string {
  const reached = `${source.source} ${source.sourceVersion} is not below ${fixed}, in which ${claim.advisory} fixes ${claim.vulnerability}${readBy(claim)}`;
  const again = holding.map(({ advisory }) => advisory).join(', ');
  return again === '' ? `${reached}.` : `${reached}; named again, with a higher version, by ${again}.`;
}

export function whyNotAffected(source: SourceVersion, claim: Claim): string {
  return `${source.source} ${source.sourceVersion} lies in none of the ranges that ${claim.advisory} gives for ${claim.vulnerability}${readBy(claim)}.`;
}

/** `at`: what was passed in another branch; `train`: the branch of the version, where it says one. */
export function whyOtherLine(source: SourceVersion, claim: Claim, at: string, train: string | null): string {
  const name = `${source.source} ${source.sourceVersion}`;
  const own = train === null ? 'names no branch of the product that is known' : `is of the branch ${train}`;
  return `${name} ${own}, and ${claim.advisory} speaks of ${at} for ${claim.vulnerability}: whether that holds here nobody says${readBy(claim)}.`;
}

const STATEMENTS: Readonly<Record<Exclude<ClaimStatus, 'affected'>, string>> = {
  fixed: 'is fixed',
  not_affected: 'is not affected',
  wont_fix: 'is affected and the vendor will not fix it',
  deferred: 'is affected and the vendor put the fix off',
  under_investigation: 'is being investigated by the vendor',
  end_of_life: 'is affected and no longer supported by the vendor',
};

export function whyStated(source: SourceVersion, claim: Claim): string {
  const statement = claim.status === 'affected' ? 'is affected' : STATEMENTS[claim.status];
  const words = [claim.justification?.replaceAll('_', ' '), claim.impact].filter((word) => word !== undefined);
  const because = words.length === 0 ? '' : ` (${words.join(': ')})`;
  return `${source.source} ${source.sourceVersion} ${statement}, says ${claim.advisory} of ${claim.vulnerability}${because}.`;
}

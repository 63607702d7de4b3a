import type { Finding } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { sentenceOf } from '@patchsteward/core/vocabulary';
import { plainText } from '../platform/text.ts';
import { counted } from '../platform/words.ts';
import { contestedLine, ended, findingLines, first, type Styled, summaryOf, unique } from './finding-lines.ts';
import type { Scan } from './scan-run.ts';

/** The scan for a person: what it rests on, then each source package with its fix and what to do. */
export function reportOf(scan: Scan, styled: Styled): string {
  const { host, identified } = scan;
  const { release, packages } = host.packageSet;
  const lines = [`${styled('bold', plainText(release.prettyName))}: ${packages.length} packages`];
  if (identified.kind === 'not-judged') {
    const { reason } = identified;
    lines.push(styled('yellow', `not judged: ${reason.code.replaceAll('-', ' ')}`), plainText(sentenceOf(reason)));
    return ended(lines);
  }
  lines.push(...basisOf(scan), '');
  const { findings, contested, unjudged } = identified;
  if (findings.length === 0) lines.push(styled('green', `No findings: nothing that is installed is affected.`));
  const exploited = scan.advisories?.knownExploited ?? null;
  lines.push(...findingLines(findings, { exploited, remedyOf, styled }));
  if (findings.length > 0) lines.push(summaryOf(findings, styled));
  if (contested.length > 0) lines.push(contestedLine(contested));
  if (unjudged.length > 0) {
    lines.push(
      `${counted(unjudged.length, 'package')} not judged, for example: ${plainText(sentenceOf(first(unjudged).reason))}`,
    );
  }
  return ended(lines);
}

function basisOf({ advisories, identified }: Scan): string[] {
  if (advisories === null || identified.kind === 'not-judged') return [];
  const age =
    advisories.dataAsOf === null ? '' : `, the newest of ${new Date(advisories.dataAsOf).toISOString().slice(0, 10)}`;
  return [
    `judged by ${counted(advisories.advisories, 'advisory', 'advisories')}${age}, as ${counted(identified.sources, 'source package')} of ${plainText(identified.scope)}`,
  ];
}

/** What removes the findings of one source version. */
function remedyOf(group: readonly Finding[], packages: readonly string[]): string {
  const fixes = group.map(({ fixed }) => fixed).filter((fixed) => fixed !== null);
  const highest = fixes.sort(VERSION_ORDERS.deb.compare).at(-1);
  if (highest === undefined) return 'nothing to install yet; mitigate, remove the package, or accept the risk';

  const steps: string[] = [];
  const held = unique(
    group.filter(({ reasons }) => reasons.some(({ code }) => code === 'fix-held')).map((finding) => finding.package),
  );
  if (held.length > 0) steps.push(`lift the hold (apt-mark unhold ${held.join(' ')})`);
  const missing = group.some(({ reasons }) => reasons.some(({ code }) => code === 'fix-not-in-configured-origins'));
  if (missing) steps.push('refresh the package lists (apt-get update), or add the repository that has the fix');
  steps.push(
    `install ${first(group).source} ${highest} or newer (apt-get install --only-upgrade ${packages.join(' ')})`,
  );
  return steps.join('; then ');
}

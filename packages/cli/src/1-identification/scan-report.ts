import { idleKernels, isIdle } from '@patchsteward/core/1-identification';
import { sentenceOf } from '@patchsteward/core/vocabulary';
import { plainText } from '../platform/text.ts';
import { counted } from '../platform/words.ts';
import { contestedLine, ended, findingLines, first, type Styled, summaryOf, undecidedLines } from './finding-lines.ts';
import { idleLines } from './idle-lines.ts';
import { remedyFor } from './scan-remedy.ts';
import type { Scan } from './scan-run.ts';

/** The scan for a person: what it rests on, then each source package with its fix and what to do. */
export function reportOf(scan: Scan, withIdle: boolean, styled: Styled): string {
  const { host, identified } = scan;
  const { release, packages } = host.packageSet;
  const lines = [`${styled('bold', plainText(release.prettyName))}: ${packages.length} packages`];
  if (identified.kind === 'not-judged') {
    const { reason } = identified;
    lines.push(styled('yellow', `not judged: ${reason.code.replaceAll('-', ' ')}`), plainText(sentenceOf(reason)));
    return ended(lines);
  }
  lines.push(...basisOf(scan), '');
  const { findings, contested, undecided, unjudged } = identified;
  if (findings.length + undecided.length === 0)
    lines.push(styled('green', `No findings: nothing that is installed is affected.`));
  const exploited = scan.advisories?.knownExploited ?? null;
  const shown = withIdle ? findings : findings.filter((finding) => !isIdle(finding));
  lines.push(...findingLines(shown, { exploited, remedyOf: remedyFor(host.packageSet.ecosystem), styled }));
  if (findings.length > 0) lines.push(summaryOf(shown, styled));
  lines.push(...idleLines(idleKernels(findings), withIdle));
  if (contested.length > 0) lines.push(contestedLine(contested));
  lines.push(...undecidedLines(undecided, styled));
  if (unjudged.length > 0) {
    lines.push(
      `${counted(unjudged.length, 'package')} not judged, for example: ${plainText(sentenceOf(first(unjudged).reason))}`,
    );
  }
  return ended(lines);
}

function basisOf({ host, advisories, identified }: Scan): string[] {
  if (advisories === null || identified.kind === 'not-judged') return [];
  const age =
    advisories.dataAsOf === null ? '' : `, the newest of ${new Date(advisories.dataAsOf).toISOString().slice(0, 10)}`;
  return [
    `judged by ${counted(advisories.advisories, 'advisory', 'advisories')}${age}, as ${counted(identified.sources, 'source package')} of ${plainText(identified.scope ?? host.packageSet.release.prettyName)}`,
  ];
}

import { type Match, orderOfPackages } from '@patchsteward/core/1-identification';
import { sentenceOf } from '@patchsteward/core/vocabulary';
import { plainText } from '../platform/text.ts';
import { counted, listed } from '../platform/words.ts';
import {
  contestedLine,
  ended,
  findingLines,
  first,
  type Styled,
  SUBSCRIBE,
  summaryOf,
  undecidedLines,
} from './finding-lines.ts';
import type { Matched } from './match-run.ts';

/** The match for a person: what it rests on, each package with its fix, and what could not be judged. */
export function reportOf(matched: Matched, styled: Styled): string {
  const { packages, advisories, matching, all } = matched;
  const lines = [`${styled('bold', plainText(packages.path))}: ${counted(packages.components.length, 'package')}`];
  if (matching.judged === 0) lines.push(styled('yellow', 'not judged: no advisory speaks of any of them'), '');
  else {
    lines.push(basisOf(matched), '');
    if (matching.findings.length + matching.undecided.length === 0)
      lines.push(styled('green', 'No findings: nothing that was judged is affected.'));
    lines.push(...findingLines(matching.findings, { exploited: advisories.knownExploited, remedyOf, styled }));
    if (matching.findings.length > 0) lines.push(summaryOf(matching.findings, styled));
  }
  if (matching.contested.length > 0) lines.push(contestedLine(matching.contested));
  lines.push(...undecidedLines(matching.undecided, styled));
  if (all) lines.push(...matching.cleared.map(clearedLine));
  lines.push(...unjudgedLines(matched));
  return ended(lines);
}

function basisOf({ advisories, matching }: Matched): string {
  const age =
    advisories.dataAsOf === null ? '' : `, the newest of ${new Date(advisories.dataAsOf).toISOString().slice(0, 10)}`;
  const files = counted(advisories.files.length, 'file');
  return `judged by ${files} of advisories${age}: ${counted(matching.judged, 'package')} of ${listed(matching.scopes)}`;
}

function clearedLine({ vulnerability, status, why }: Match): string {
  return `${plainText(vulnerability)}  ${status.replaceAll('_', ' ')}: ${plainText(why)}`;
}

/** By reason: how many, and one of them. */
function unjudgedLines({ packages, matching }: Matched): string[] {
  const lines = [...Map.groupBy(matching.unjudged, ({ reason }) => reason.code).values()].map((group) => {
    return `${counted(group.length, 'package')} not judged, for example: ${plainText(sentenceOf(first(group).reason))}`;
  });
  const refused = packages.refused[0];
  if (refused === undefined) return lines;
  const example = plainText(`${refused.entry}: ${refused.problem}`);
  return [
    ...lines,
    `${counted(packages.refused.length, 'entry', 'entries')} of the list not usable, for example: ${example}`,
  ];
}

/** What removes the findings of one source version. */
function remedyOf(group: readonly Match[]): string {
  const { type, source, status } = first(group);
  const order = orderOfPackages(type);
  const fixes = group.map(({ fixed }) => fixed).filter((fixed) => fixed !== null);
  const highest = order === null ? fixes.at(-1) : fixes.sort(order.compare).at(-1);
  const isForSubscribers = group.some(({ reasons }) => reasons.some(({ code }) => code === 'fix-needs-subscription'));
  const before = isForSubscribers ? `${SUBSCRIBE}; then ` : '';
  if (highest !== undefined) return `${before}install ${source} ${highest} or newer`;
  if (status === 'end_of_life') return 'no fix will come; move to a supported release, or remove the package';
  return 'nothing to install yet; mitigate, remove the package, or accept the risk';
}

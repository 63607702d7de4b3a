import type { Finding } from '@patchsteward/core/1-identification';
import { sentenceOf } from '@patchsteward/core/vocabulary';
import { plainText } from '../platform/text.ts';
import { counted, LISTED_MAX, listed } from '../platform/words.ts';

/** Debian's tracker leaves hundreds undetermined; a person reads the first of them. */
const UNDECIDED_LISTED_MAX = 20;

type Style = 'bold' | 'red' | 'yellow' | 'green' | 'dim';
export type Styled = (style: Style, text: string) => string;

/** What a report says beside the findings themselves. */
export interface Told<F extends Finding> {
  readonly exploited: ReadonlySet<string> | null;
  /** What removes the findings of one source version. */
  readonly remedyOf: (group: readonly F[], packages: readonly string[]) => string;
  readonly styled: Styled;
}

/** Findings for a person: each source version with its packages, advisories, fixes, and what to do. */
export function findingLines<F extends Finding>(findings: readonly F[], told: Told<F>): string[] {
  return [...Map.groupBy(findings, ({ source }) => source)].flatMap(([source, group]) => [
    ...sourceLines(source, group, told),
    '',
  ]);
}

function sourceLines<F extends Finding>(source: string, findings: readonly F[], told: Told<F>): string[] {
  const lines: string[] = [];
  for (const [version, group] of Map.groupBy(findings, (finding) => finding.sourceVersion)) {
    const packages = unique(group.map((finding) => finding.package));
    const vulnerabilities = unique(group.map(({ vulnerability }) => vulnerability));
    lines.push(
      `${told.styled('bold', plainText(`${source} ${version}`))}  ${counted(vulnerabilities.length, 'vulnerability', 'vulnerabilities')} in ${counted(packages.length, 'package')}`,
      `  installed as  ${listed(packages)}`,
      ...advisoryLines(group),
      ...exploitedLines(vulnerabilities, told),
      `  why           ${plainText(first(group).why)}`,
      ...unique(group.flatMap(({ reasons }) => reasons.map(sentenceOf)))
        .slice(0, LISTED_MAX)
        .map((sentence) => `  note          ${plainText(sentence)}`),
      `  what to do    ${plainText(told.remedyOf(group, packages))}`,
    );
  }
  return lines;
}

/** One line per advisory: what it fixes, and in which version. */
function advisoryLines(group: readonly Finding[]): string[] {
  return [...Map.groupBy(group, ({ advisory, fixed }) => `${advisory} ${fixed}`).values()].map((same) => {
    const { advisory, fixed } = first(same);
    const fix = fixed === null ? 'no fix' : `fixed in ${fixed}`;
    return `  ${plainText(advisory).padEnd(12)}  ${plainText(fix)}: ${listed(unique(same.map(({ vulnerability }) => vulnerability)))}`;
  });
}

function exploitedLines(
  vulnerabilities: readonly string[],
  { exploited, styled }: Pick<Told<Finding>, 'exploited' | 'styled'>,
): string[] {
  const known = vulnerabilities.filter((vulnerability) => exploited?.has(vulnerability));
  return known.length === 0 ? [] : [styled('red', `  exploited     ${listed(known)}`)];
}

export function summaryOf(findings: readonly Finding[], styled: Styled): string {
  const vulnerabilities = unique(findings.map(({ vulnerability }) => vulnerability)).length;
  const packages = unique(findings.map((finding) => finding.package)).length;
  const sources = unique(findings.map(({ source }) => source)).length;
  const total = styled('bold', counted(findings.length, 'finding'));
  return `${total}: ${counted(vulnerabilities, 'vulnerability', 'vulnerabilities')} in ${counted(packages, 'package')} of ${counted(sources, 'source package')}`;
}

export function contestedLine(contested: readonly Finding[]): string {
  const { why } = first(contested);
  return `${counted(contested.length, 'finding')} not counted, as an earlier advisory says it is fixed; for example: ${plainText(why)}`;
}

/**
 * What its vendor is still looking into, or says of another branch alone, one line for each: not counted among the
 * findings, and not clean either.
 */
export function undecidedLines(undecided: readonly Finding[], styled: Styled): string[] {
  const distinct = [
    ...new Map(undecided.map((one) => [`${one.source} ${one.sourceVersion} ${one.vulnerability}`, one])).values(),
  ];
  if (distinct.length === 0) return [];
  const lines = distinct.slice(0, UNDECIDED_LISTED_MAX).map(({ why }) => `  ${plainText(why)}`);
  const more = distinct.length - lines.length;
  const said = `Not known yet, and so not safe: ${counted(distinct.length, 'vulnerability', 'vulnerabilities')} of which nobody says whether what is installed is affected`;
  return [styled('yellow', said), ...lines, ...(more > 0 ? [`  and ${more} more; --json has all of them`] : [])];
}

/** What stands before an install where the fix comes to subscribers alone. */
export const SUBSCRIBE =
  'subscribe the host (Ubuntu Pro: pro attach), or move to a release that gets the fix, or mitigate';

export function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Groups are made of their members, so none is empty. */
export function first<T>(items: readonly T[]): T {
  const item = items[0];
  if (item === undefined) throw new Error('a group has no member');
  return item;
}

export function ended(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

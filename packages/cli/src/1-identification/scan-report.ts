import type { Finding } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { sentenceOf } from '@patchsteward/core/vocabulary';
import { plainText } from '../platform/text.ts';
import { counted, LISTED_MAX, listed } from '../platform/words.ts';
import type { Scan } from './scan-run.ts';

type Style = 'bold' | 'red' | 'yellow' | 'green' | 'dim';
type Styled = (style: Style, text: string) => string;

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
  for (const [source, group] of Map.groupBy(findings, (finding) => finding.source)) {
    lines.push(...sourceLines(source, group, scan, styled), '');
  }
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

function sourceLines(source: string, findings: readonly Finding[], scan: Scan, styled: Styled): string[] {
  const lines: string[] = [];
  for (const [version, group] of Map.groupBy(findings, (finding) => finding.sourceVersion)) {
    const packages = unique(group.map((finding) => finding.package));
    const vulnerabilities = unique(group.map(({ vulnerability }) => vulnerability));
    lines.push(
      `${styled('bold', plainText(`${source} ${version}`))}  ${counted(vulnerabilities.length, 'vulnerability', 'vulnerabilities')} in ${counted(packages.length, 'package')}`,
      `  installed as  ${listed(packages)}`,
      ...advisoryLines(group),
      ...exploitedLines(vulnerabilities, scan, styled),
      `  why           ${plainText(first(group).why)}`,
      ...unique(group.flatMap(({ reasons }) => reasons.map(sentenceOf)))
        .slice(0, LISTED_MAX)
        .map((sentence) => `  note          ${plainText(sentence)}`),
      `  what to do    ${plainText(remedyOf(group, packages))}`,
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

function exploitedLines(vulnerabilities: readonly string[], { advisories }: Scan, styled: Styled): string[] {
  const exploited = vulnerabilities.filter((vulnerability) => advisories?.knownExploited?.has(vulnerability));
  return exploited.length === 0 ? [] : [styled('red', `  exploited     ${listed(exploited)}`)];
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

function summaryOf(findings: readonly Finding[], styled: Styled): string {
  const vulnerabilities = unique(findings.map(({ vulnerability }) => vulnerability)).length;
  const packages = unique(findings.map((finding) => finding.package)).length;
  const sources = unique(findings.map(({ source }) => source)).length;
  const total = styled('bold', counted(findings.length, 'finding'));
  return `${total}: ${counted(vulnerabilities, 'vulnerability', 'vulnerabilities')} in ${counted(packages, 'package')} of ${counted(sources, 'source package')}`;
}

function contestedLine(contested: readonly Finding[]): string {
  const { why } = first(contested);
  return `${counted(contested.length, 'finding')} not counted, as an earlier advisory says it is fixed; for example: ${plainText(why)}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Groups are made of their members, so none is empty. */
function first<T>(items: readonly T[]): T {
  const item = items[0];
  if (item === undefined) throw new Error('a group has no member');
  return item;
}

function ended(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

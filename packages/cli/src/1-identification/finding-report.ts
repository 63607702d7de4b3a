import type { AssetFindings, AssetSummary, FindingBody, ReasonBody } from '@patchsteward/contract';
import { idleKernels } from '@patchsteward/core/1-identification';
import { plainText } from '../platform/text.ts';
import { dueText, momentText } from '../platform/time-text.ts';
import { counted, distinct, listed, numberText } from '../platform/words.ts';
import { idleLines } from './idle-lines.ts';
import { sourceText } from './source-text.ts';
import { stoppedLines, waitLines } from './wait-lines.ts';

type Style = 'bold' | 'red' | 'yellow' | 'green';

interface Look {
  /** With what belongs to a kernel and does not run. */
  readonly withIdle: boolean;
  readonly search: string | undefined;
  readonly now: number;
  readonly styled: (style: Style, text: string) => string;
}

/** The findings of an asset for a person: each source package with its due time, its fix and why, in the order of urgency. */
export function findingReport(asset: AssetSummary, answer: AssetFindings, look: Look): string {
  const { styled } = look;
  const { items, judged } = answer;
  const release =
    asset.release === null ? '' : `: ${asset.release.prettyName}, ${counted(asset.packages ?? 0, 'package')}`;
  const lines = [styled('bold', plainText(asset.name)) + plainText(release)];
  if (judged.kind === 'not-judged') {
    const { code, sentence } = judged.reason;
    lines.push(styled('yellow', `not judged: ${code.replaceAll('-', ' ')}`), plainText(sentence));
  }
  if (items.length > 0) lines.push('');
  const shown = look.withIdle ? items : withoutIdle(items);
  for (const group of Map.groupBy(shown, ({ source, sourceVersion }) => `${source} ${sourceVersion}`).values()) {
    lines.push(...groupLines(group, look), '');
  }
  lines.push(
    ...dueLines(shown),
    ...summaryLines(answer, look),
    ...idleLines(idleKernels(items.flatMap(packageRows)), look.withIdle),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** A row for each package: of one source version a kernel may run, and its headers do not. */
function packageRows({ source, vulnerability, packages, reasons }: FindingBody) {
  return packages.map(({ name }) => ({
    ...{ source, vulnerability, package: name },
    reasons: reasons.filter(({ code, subject }) => code === 'kernel-not-running' && subject === name),
  }));
}

function withoutIdle(items: readonly FindingBody[]): FindingBody[] {
  return items.flatMap((item) => {
    const idle = new Set(packageRows(item).flatMap((row) => (row.reasons.length > 0 ? [row.package] : [])));
    const packages = item.packages.filter(({ name }) => !idle.has(name));
    const reasons = item.reasons.filter(({ code }) => code !== 'kernel-not-running');
    return packages.length === 0 ? [] : [{ ...item, packages, reasons }];
  });
}

/** One source version: an update of it answers all of its findings, and the first of them says by when. */
function groupLines(group: readonly FindingBody[], { now, styled }: Look): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { assessment, source, sourceVersion, why } = first;
  const vulnerabilities = distinct(group.map(({ vulnerability }) => vulnerability));
  const packages = distinct(group.flatMap((finding) => finding.packages.map(({ name }) => name)));
  const due = `${assessment.lane}, ${dueText(assessment, now)} (${momentText(assessment.due)})`;
  const exploited = distinct(
    group.filter(({ intelligence }) => intelligence.knownExploited !== null).map(({ vulnerability }) => vulnerability),
  );
  return [
    `${styled('bold', plainText(`${source} ${sourceVersion}`))}  ${counted(vulnerabilities.length, 'vulnerability', 'vulnerabilities')} in ${counted(packages.length, 'package')}`,
    assessment.late ? styled('red', `  due           ${due}`) : `  due           ${due}`,
    `                ${plainText(assessment.why)}`,
    ...stoppedLines(group),
    ...tableLines(assessment),
    `  installed as  ${listed(packages)}`,
    ...advisoryLines(group),
    ...(exploited.length === 0 ? [] : [styled('red', `  exploited     ${listed(exploited)}`)]),
    `  why           ${plainText(why)}`,
    ...offeredLines(group),
    ...waitLines(group),
    ...kindsOf(group.flatMap(({ reasons }) => reasons)).map((sentence) => `  note          ${sentence}`),
  ];
}

/** What the published tables say, by which edition of them, and from what. // BOD 26-04, SSVC */
function tableLines({ bod, ssvc }: FindingBody['assessment']): string[] {
  const lines: string[] = [];
  if (bod !== null) {
    const { knownExploited, exposed, automatable, technicalImpact } = bod.inputs;
    const inputs = [
      knownExploited ? 'in KEV' : 'not in KEV',
      exposed ? 'exposed' : 'not exposed',
      `automatable ${automatable === null ? 'unknown' : yesNo(automatable)}`,
      `impact ${technicalImpact ?? 'unknown'}`,
    ].join(', ');
    const by = bod.due === null ? '' : ` by ${momentText(bod.due)}`;
    lines.push(`${bod.outcome}${by}${bod.binding ? '' : ', shown only'}: ${tableText(bod.table)}, ${inputs}`);
  }
  if (ssvc !== null) {
    const { exploitation, exposure, automatable, humanImpact } = ssvc.inputs;
    const inputs = `exploitation ${exploitation}, exposure ${exposure}, automatable ${yesNo(automatable)}, human impact ${humanImpact}`;
    lines.push(`${ssvc.decision}: ${tableText(ssvc.table)}, ${inputs}`);
  }
  return lines.map((line) => `                ${plainText(line)}`);
}

function tableText({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`;
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

const NO_FIX: Readonly<Record<FindingBody['status'], string>> = {
  affected: 'no fix',
  wont_fix: 'the vendor will not fix it',
  deferred: 'the vendor puts the fix off',
  end_of_life: 'nobody fixes it here any more',
};

/** One line per advisory: what it fixes, and in which version. */
function advisoryLines(group: readonly FindingBody[]): string[] {
  return [...Map.groupBy(group, ({ advisory, fixed, status }) => `${advisory} ${fixed} ${status}`).values()].flatMap(
    (same) => {
      const [first] = same;
      if (first === undefined) return [];
      const fix = first.fixed === null ? NO_FIX[first.status] : `fixed in ${first.fixed}`;
      const vulnerabilities = distinct(same.map(({ vulnerability }) => vulnerability));
      return [
        `  ${plainText(first.advisory).padEnd(12)}  ${plainText(fix)}: ${listed(vulnerabilities)}`,
        ...(first.advisorySource === null ? [] : [`                ${sourceText(first.advisorySource)}`]),
      ];
    },
  );
}

/** What to install, and where it comes from. */
function offeredLines(group: readonly FindingBody[]): string[] {
  const offers = group.flatMap(({ fixOffered }) => fixOffered);
  if (offers.length === 0) return [];
  const origins = distinct(offers.flatMap((offer) => offer.origins));
  const versions = distinct(offers.map(({ to }) => to));
  return [`  offered       ${listed(versions)}${origins.length === 0 ? '' : ` from ${listed(origins)}`}`];
}

/** What the due times rest on, once for all: every finding of an asset says much the same of its own. */
function dueLines(items: readonly FindingBody[]): string[] {
  const sentences = kindsOf(items.flatMap(({ assessment }) => assessment.reasons));
  return sentences.length === 0 ? [] : ['About the due times:', ...sentences.map((sentence) => `  ${sentence}`), ''];
}

/** One sentence per kind of reason: a kernel has the same for each of its hundreds of vulnerabilities. */
function kindsOf(reasons: readonly ReasonBody[]): string[] {
  return [...Map.groupBy(reasons, ({ code }) => code).values()].flatMap((same) => {
    const [sentence, ...more] = distinct(same.map((reason) => reason.sentence));
    if (sentence === undefined) return [];
    return [plainText(sentence) + (more.length === 0 ? '' : ` (and ${numberText(more.length)} more like it)`)];
  });
}

function summaryLines(answer: AssetFindings, { search, styled, withIdle }: Look): string[] {
  const { contested, items, judged, next, notCovered, total, unjudgedPackages, unsupported, unsupportedTotal } = answer;
  const lines: string[] = [];
  if (items.length > 0) lines.push(sumOf(withIdle ? items : withoutIdle(items), next === null, styled));
  else if (search !== undefined && judged.kind === 'judged') lines.push('No finding has these words.');
  else if (total === 0 && judged.kind === 'judged') {
    lines.push(styled('green', 'No findings: nothing that is installed and could be judged is affected.'));
  }
  if (unjudgedPackages > 0) {
    lines.push(
      `not judged: ${counted(unjudgedPackages, 'package')} of third parties, of whom no feed speaks, or with an impossible version`,
    );
  }
  if (notCovered.length > 0) lines.push(styled('yellow', `no loaded feed speaks of ${listed(notCovered)}`));
  for (const one of unsupported) lines.push(styled('yellow', unsupportedLine(one)));
  if (unsupportedTotal > unsupported.length) {
    lines.push(`and ${counted(unsupportedTotal - unsupported.length, 'more package')} without full support`);
  }
  if (contested > 0) {
    lines.push(
      `not counted: ${counted(contested, 'finding')} that an earlier advisory calls fixed and a later one names again`,
    );
  }
  return lines;
}

/** The first moment without support is the end of the day before. */
function unsupportedLine({ package: name, version, state, until, extendedUntil, why }: Unsupported): string {
  const day = (moment: string) => new Date(Date.parse(moment) - 1).toISOString().slice(0, 10);
  const further = extendedUntil === null ? '' : `, for subscribers until ${day(extendedUntil)}`;
  const words = { limited: 'limited support', ending: 'support ends', ended: 'no support', extended: 'no support' };
  const last = until === null ? '' : ` (last day ${day(until)}${further})`;
  return plainText(`${words[state]}: ${name} ${version}${last}. ${why}.`);
}

type Unsupported = AssetFindings['unsupported'][number];

/** In the words of `scan`, which counts the same way: a finding for each installed package and vulnerability. */
function sumOf(items: readonly FindingBody[], whole: boolean, styled: Look['styled']): string {
  const findings = items.reduce((sum, { packages }) => sum + packages.length, 0);
  const vulnerabilities = distinct(items.map(({ vulnerability }) => vulnerability)).length;
  const packages = distinct(items.flatMap((item) => item.packages.map(({ name }) => name))).length;
  const sources = distinct(items.map(({ source }) => source)).length;
  const sum = `${counted(vulnerabilities, 'vulnerability', 'vulnerabilities')} in ${counted(packages, 'package')} of ${counted(sources, 'source package')}`;
  return `${styled('bold', counted(findings, 'finding'))}${whole ? '' : ' shown'}: ${sum}`;
}

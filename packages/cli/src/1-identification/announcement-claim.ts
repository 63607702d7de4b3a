import type { TriagedClaim } from '@patchsteward/contract';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { AnnouncementTriageOptions } from './announcement.ts';

type Target = TriagedClaim['targets'][number];
type Range = TriagedClaim['ranges'][number];

/** What the options claim. Usage failures name the option that is wrong. */
export function claimOf(options: AnnouncementTriageOptions): TriagedClaim {
  const { product = [], package: packages = [], range = [], cve = [], severity = null } = options;
  const targets = [...product.map(productOf), ...packages.map(packageOf)];
  if (targets.length === 0) throw wrong('it is not said what is affected', 'name it with --product or --package');
  return {
    targets,
    ranges: range.map(rangeOf),
    vulnerabilities: cve.map((id) => id.toUpperCase()),
    severity,
  };
}

function productOf(text: string): Target {
  const slash = text.indexOf('/');
  const [vendor, product] = [text.slice(0, slash).trim(), text.slice(slash + 1).trim()];
  if (slash === -1 || product === '') throw wrong(`--product ${text} has no vendor`, 'write it as Vendor/Product');
  return { kind: 'product', vendor, product };
}

function packageOf(text: string): Target {
  // Names of npm begin with the same sign.
  const sign = text.lastIndexOf('@');
  if (sign <= 0 || sign === text.length - 1) {
    throw wrong(`--package ${text} says no release`, 'write it as openssl@debian:12 or lodash@npm');
  }
  return { kind: 'package', name: text.slice(0, sign).trim(), release: text.slice(sign + 1).trim() };
}

const BOUND = /^\s*(>=|<=|<)\s*(\S+)/;
const SIDES = { '>=': 'introduced', '<': 'fixed', '<=': 'lastAffected' } as const;

/** `>= 10.0.0 < 10.4.3`. What both sides may say is the server's to know. */
function rangeOf(text: string): Range {
  let range: Range = { introduced: null, fixed: null, lastAffected: null };
  let rest = text.replaceAll(',', ' ');
  while (rest.trim() !== '') {
    const [whole = '', sign, version = ''] = BOUND.exec(rest) ?? [];
    if (sign !== '>=' && sign !== '<' && sign !== '<=') throw unreadable(text);
    if (range[SIDES[sign]] !== null) throw unreadable(text);
    range = { ...range, [SIDES[sign]]: version };
    rest = rest.slice(whole.length);
  }
  if (range.fixed !== null && range.lastAffected !== null) throw unreadable(text);
  if (Object.values(range).every((version) => version === null)) throw unreadable(text);
  return range;
}

function unreadable(text: string): Failure {
  return wrong(`--range ${text} is no range`, 'write it as "< 10.4.3", ">= 10.0.0 < 10.4.3" or "<= 9.8"');
}

function wrong(what: string, advice: string): Failure {
  return new Failure(what, advice, { exitCode: EXIT.usage });
}

export function targetText(target: Target): string {
  return target.kind === 'product'
    ? `${target.vendor} ${target.product}`.trim()
    : `${target.name} on ${target.release}`;
}

function rangeText({ introduced, fixed, lastAffected }: Range): string {
  const from = introduced === null ? [] : [`>= ${introduced}`];
  const to = fixed === null ? [] : [`< ${fixed}`];
  const last = lastAffected === null ? [] : [`<= ${lastAffected}`];
  return [...from, ...to, ...last].join(' ');
}

/** A claim in lines. */
export function claimText({ targets, ranges, vulnerabilities, severity }: TriagedClaim): string[] {
  return [
    `affected: ${targets.map(targetText).join(', ')}`,
    `versions: ${ranges.length === 0 ? 'every one' : ranges.map(rangeText).join(', ')}`,
    ...(vulnerabilities.length === 0 ? [] : [`about: ${vulnerabilities.join(', ')}`]),
    ...(severity === null ? [] : [`severity: ${severity}, says its vendor`]),
  ];
}

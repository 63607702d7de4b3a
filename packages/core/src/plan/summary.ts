import type { PackageChange } from './change.ts';
import type { PlanLeaf } from './leaf.ts';
import type { PlanSummary } from './plan.ts';

/** What a plan does, told from its work orders alone: whoever signs derives it again and compares. // SOP P5.1 */
export function summarize(leaves: readonly PlanLeaf[]): PlanSummary {
  const spans = leaves.flatMap(({ intervals }) => intervals);
  return {
    hosts: leaves.length,
    waves: new Set(leaves.map(({ wave }) => wave)).size,
    packages: packagesOf(leaves),
    reboots: leaves.filter(({ reboot }) => reboot === 'if-needed').length,
    withoutRollback: leaves.filter(({ rollback }) => rollback.kind === 'none').length,
    withoutBackup: leaves.filter(({ backup }) => backup.kind !== 'proof').length,
    firstStart: spans.reduce((first, { from }) => Math.min(first, from), Number.POSITIVE_INFINITY),
    lastEnd: spans.reduce((last, { until }) => Math.max(last, until), 0),
  };
}

/** Each distinct step of a package once, with its hosts; a host with two architectures of it is one host. */
function packagesOf(leaves: readonly PlanLeaf[]): PlanSummary['packages'] {
  const steps = new Map<string, { step: PackageChange; hosts: number }>();
  for (const { changes } of leaves) {
    const here = new Map(changes.map((change) => [keyOf(change), change]));
    for (const [key, step] of here) steps.set(key, { step, hosts: (steps.get(key)?.hosts ?? 0) + 1 });
  }
  return [...steps]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { step, hosts }]) => ({ name: step.name, from: step.from, to: step.to, hosts }));
}

/** A line feed is in no name and in no version, and sorts before what is; null and the empty text cannot be confused. */
function keyOf({ name, from, to }: PackageChange): string {
  return [name, from ?? '', to ?? ''].join('\n');
}

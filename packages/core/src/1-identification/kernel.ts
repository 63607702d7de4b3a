import { type Reason, reasonOf, type SystemState } from '../vocabulary/index.ts';
import type { Finding } from './finding.ts';
import { isKernelImage, isKernelSource, runningKernelOf, runsAsKernel } from './kernel-package.ts';
import { isLingering, KERNEL_USER } from './lingering.ts';

/**
 * What the running system says of findings in kernel packages. Only the kernel that runs is exposed: headers, tools,
 * meta packages and other installed kernels are not, and they are most of the rows on any host. Where a newer kernel
 * without the vulnerability is installed, a reboot is what is missing. `system`: null where only packages are known; then
 * headers and the like are still none that runs. // SOP P6.3, checklist c22
 */
export function kernelReasons(
  findings: readonly Finding[],
  system: SystemState | null,
): ReadonlyMap<Finding, readonly Reason[]> {
  const running = system === null ? null : runningKernelOf(system);
  const newest = system?.installedKernels.at(-1);
  const sharesKernel = system?.container === true;
  const reasons = new Map<Finding, readonly Reason[]>();
  const ofNewest = new Set(
    newest === undefined ? [] : findings.filter((one) => isOf(one, newest)).map(({ vulnerability }) => vulnerability),
  );
  const lingering = findings.filter((finding) => isKernelSource(finding.source) && isLingering(finding));
  for (const finding of findings) {
    if (!isKernelSource(finding.source)) continue;
    if (isLingering(finding)) {
      reasons.set(finding, [reasonOf('reboot-pending', finding.vulnerability)]);
      continue;
    }
    // A kernel that is installed no more runs: what the installed ones have as well is told of them, and of them alone.
    const isRunning = running === null || lingering.length > 0 ? null : isOf(finding, running);
    const hasImage = isKernelImage(finding.package);
    if (!runsAsKernel({ sharesKernel, isRunning, hasImage })) {
      reasons.set(finding, [reasonOf('kernel-not-running', finding.package)]);
    } else if (newest !== undefined && !isOf(finding, newest) && !ofNewest.has(finding.vulnerability)) {
      reasons.set(finding, [
        // Where nobody knows which one runs, it may be the fixed one.
        ...(isRunning === true ? [reasonOf('fix-installed-not-running', KERNEL_USER)] : []),
        reasonOf('reboot-pending', finding.vulnerability),
      ]);
    }
  }
  return reasons;
}

/** What a host is exposed to: without what it has of a kernel and does not run. Only this is counted, and makes anything due. */
export function exposedFindings(findings: readonly Finding[], system: SystemState): Finding[] {
  const reasons = kernelReasons(findings, system);
  return findings.filter((finding) => !isIdle({ reasons: reasons.get(finding) ?? [] }));
}

/** One line for all that a host has of a kernel and does not run. */
export interface IdleKernel {
  readonly source: string;
  readonly packages: readonly string[];
  readonly vulnerabilities: number;
  readonly findings: number;
}

/** A finding, or what an answer tells of one. */
interface Reasoned {
  readonly source: string;
  readonly package: string;
  readonly vulnerability: string;
  readonly reasons: readonly { readonly code: string }[];
}

/** Whether a finding is in a part of a kernel that does not run, as its reasons say. */
export function isIdle({ reasons }: Pick<Reasoned, 'reasons'>): boolean {
  return reasons.some(({ code }) => code === 'kernel-not-running');
}

/** By source: most rows of any list of findings, and none of them is exposed. */
export function idleKernels(findings: readonly Reasoned[]): IdleKernel[] {
  return [...Map.groupBy(findings.filter(isIdle), ({ source }) => source)].map(([source, idle]) => ({
    source,
    packages: [...new Set(idle.map((one) => one.package))].sort(),
    vulnerabilities: new Set(idle.map(({ vulnerability }) => vulnerability)).size,
    findings: idle.length,
  }));
}

interface Named {
  readonly package: string;
  readonly version: string;
}

/** Installed rpms of one kernel differ in their version alone, debs in their name. */
function isOf(finding: Finding, kernel: Named): boolean {
  return finding.package === kernel.package && finding.installed === kernel.version;
}

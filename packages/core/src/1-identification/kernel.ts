import { type Reason, reasonOf, type SystemState } from '../vocabulary/index.ts';
import type { Finding } from './finding.ts';
import { isKernelImage, isKernelSource, runningKernelOf, runsAsKernel } from './kernel-package.ts';

/**
 * What the running system says of findings in kernel packages. Only the kernel that runs is exposed: headers, tools,
 * meta packages and other installed kernels are not, and they are most of the rows on any host. Where a newer kernel
 * without the vulnerability is installed, a reboot is what is missing. // SOP P6.3, checklist c22
 */
export function kernelReasons(
  findings: readonly Finding[],
  system: SystemState,
): ReadonlyMap<Finding, readonly Reason[]> {
  const running = runningKernelOf(system);
  const newest = system.installedKernels.at(-1);
  const reasons = new Map<Finding, readonly Reason[]>();
  for (const finding of findings) {
    if (!isKernelSource(finding.source)) continue;
    const isRunning = running === null ? null : isOf(finding, running);
    const hasImage = isKernelImage(finding.package);
    if (!runsAsKernel({ sharesKernel: system.container, isRunning, hasImage })) {
      reasons.set(finding, [reasonOf('kernel-not-running', finding.package)]);
    } else if (newest !== undefined && !isOf(finding, newest) && !isAffected(newest, finding)) {
      reasons.set(finding, [reasonOf('reboot-pending', finding.vulnerability)]);
    }
  }
  return reasons;

  function isAffected(kernel: Named, { vulnerability }: Finding): boolean {
    return findings.some((other) => other.vulnerability === vulnerability && isOf(other, kernel));
  }
}

interface Named {
  readonly package: string;
  readonly version: string;
}

/** Installed rpms of one kernel differ in their version alone, debs in their name. */
function isOf(finding: Finding, kernel: Named): boolean {
  return finding.package === kernel.package && finding.installed === kernel.version;
}

import { type Reason, reasonOf, type SystemState } from '../vocabulary/index.ts';
import type { Finding } from './finding.ts';
import { isKernelSource } from './signed-source.ts';

/**
 * What the running system says of findings in kernel packages. Only the kernel that runs is exposed: headers, tools,
 * meta packages and other installed kernels are not, and they are most of the rows on any host. Where a newer kernel
 * without the vulnerability is installed, a reboot is what is missing. // SOP P6.3, checklist c22
 */
export function kernelReasons(
  findings: readonly Finding[],
  system: SystemState,
): ReadonlyMap<Finding, readonly Reason[]> {
  const running = system.installedKernels.find(({ release }) => release === system.runningKernel);
  const newest = system.installedKernels.at(-1);
  const reasons = new Map<Finding, readonly Reason[]>();
  for (const finding of findings) {
    if (!isKernelSource(finding.source)) continue;
    if (finding.package !== running?.package) {
      reasons.set(finding, [reasonOf('kernel-not-running', finding.package)]);
    } else if (newest !== undefined && newest.package !== running.package && !isAffected(newest.package, finding)) {
      reasons.set(finding, [reasonOf('reboot-pending', finding.vulnerability)]);
    }
  }
  return reasons;

  function isAffected(kernel: string, { vulnerability }: Finding): boolean {
    return findings.some((other) => other.package === kernel && other.vulnerability === vulnerability);
  }
}

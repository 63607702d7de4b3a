import type { DeploymentReportBody } from '@patchsteward/contract';
import type { DeploymentReport } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';

/** The report in the words of the wire: instants as RFC 3339. */
export function reportBody(report: DeploymentReport): DeploymentReportBody {
  return {
    ...report,
    releasedAt: textOf(report.releasedAt),
    firstSeen: textOf(report.firstSeen),
    openedAt: textOf(report.openedAt),
    due: momentOf(report.due),
    doneAt: momentOf(report.doneAt),
    madeAt: textOf(report.madeAt),
    updates: report.updates.map((update) => ({ ...update, fixes: [...update.fixes] })),
    acts: report.acts.map((act) => ({ ...act, roles: [...act.roles], at: momentOf(act.at) })),
    hosts: report.hosts.map((host) => ({
      ...host,
      startedAt: momentOf(host.startedAt),
      endedAt: momentOf(host.endedAt),
      changes: [...host.changes],
      outages: [...host.outages],
      unmet: [...host.unmet],
    })),
    totals: report.totals,
    remarks: [...report.remarks],
  };
}

function momentOf(instant: Instant | null): string | null {
  return instant === null ? null : textOf(instant);
}

function textOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

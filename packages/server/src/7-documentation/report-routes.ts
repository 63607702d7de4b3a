import type { DeploymentReportBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { reportBody } from './report-body.ts';
import { reportPage } from './report-page.ts';
import { readReport } from './report-store.ts';

type ReportRouteId = 'campaign.report' | 'campaign.report-page';

export function reportRoutes(db: Db): Handlers<ReportRouteId> {
  return {
    'campaign.report': ({ params, now }) => reportOf(db, params.id, now),
    'campaign.report-page': async ({ params, now }) => ({
      bytes: Buffer.from(reportPage(await reportOf(db, params.id, now)), 'utf8'),
      mediaType: 'text/html; charset=utf-8',
      fileName: `patchsteward-report-${params.id}.html`,
    }),
  };
}

async function reportOf(db: Db, id: string, now: Instant): Promise<DeploymentReportBody> {
  const report = await readReport(db, id, now);
  if (report === undefined) throw new Refusal('not-found', `There is no campaign ${id}.`);
  return reportBody(report);
}

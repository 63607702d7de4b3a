import type { DeploymentReportBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { reportBody } from './report-body.ts';
import { reportPage } from './report-page.ts';
import { readReport } from './report-store.ts';

type ReportRouteId = 'campaign.report' | 'campaign.report-page';

/** A page that is read, and does nothing: no script, no link of its own accord, and no session of the console. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

export function reportRoutes(db: Db): Handlers<ReportRouteId> {
  return {
    'campaign.report': ({ params, now }) => reportOf(db, params.id, now),
    'campaign.report-page': async ({ params, now, setHeader }) => {
      const page = reportPage(await reportOf(db, params.id, now));
      setHeader('content-security-policy', PAGE_POLICY);
      return {
        bytes: Buffer.from(page, 'utf8'),
        mediaType: 'text/html; charset=utf-8',
        fileName: `patchsteward-report-${params.id}.html`,
        inline: true,
      };
    },
  };
}

async function reportOf(db: Db, id: string, now: Instant): Promise<DeploymentReportBody> {
  const report = await readReport(db, id, now);
  if (report === undefined) throw new Refusal('not-found', `There is no campaign ${id}.`);
  return reportBody(report);
}

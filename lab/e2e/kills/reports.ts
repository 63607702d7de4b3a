import type { CampaignEventBody, SignedReport } from '@patchsteward/contract';
import type { LabHost } from '../../hosts/lab-host.ts';

/** The agent keeps what the server has acknowledged, too. */
const KEPT_REPORTS = 'for file in /var/lib/patchsteward-agent/reports/*.json; do cat "$file"; printf "\\0"; done';

/** Everything that a host has said of these work orders, by its own disk, in its own order. */
export async function saidBy(host: LabHost, jobs: ReadonlySet<string>): Promise<string[]> {
  const kept = await host.run(['sh', '-c', KEPT_REPORTS]);
  const reports = kept
    .split('\0')
    .filter((text) => text !== '')
    .map((text): SignedReport => JSON.parse(text));
  return reports
    .filter(({ job }) => jobs.has(job))
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ job, sequence, report }) => lineOf(job, sequence, report.phase));
}

/** Everything that the server has on record as said of these work orders. */
export function heardOf(events: readonly CampaignEventBody[], jobs: ReadonlySet<string>): string[] {
  return events
    .filter(({ kind, stream }) => kind === 'job.reported' && jobs.has(jobOf(stream)))
    .map(({ stream, body }) => ({ job: jobOf(stream), sequence: Number(body['sequence']), phase: phaseOf(body) }))
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ job, sequence, phase }) => lineOf(job, sequence, phase));
}

function jobOf(stream: string): string {
  return stream.replace(/^job:/, '');
}

export function phaseOf(body: CampaignEventBody['body']): string {
  const { report } = body;
  return typeof report === 'object' && report !== null && 'phase' in report ? String(report.phase) : '';
}

function lineOf(job: string, sequence: number, phase: string): string {
  return `${job.slice(0, 'sha256:'.length + 12)} ${sequence} ${phase}`;
}

import type { JobBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import type { PagedOptions } from './campaign.ts';
import { campaignNamed } from './campaign-named.ts';

/** States of a job that somebody must look at. */
const TROUBLED = new Set(['blocked', 'failed', 'rolled-back', 'rollback-failed', 'expired']);

export async function listJobs({ options, operands }: Invocation<PagedOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    return readPages(
      (query) => client('campaign.jobs', { params: { id }, query }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading jobs', read),
    );
  });
  const empty = 'No work orders yet: they are made when a plan is signed.';
  await presentList(answer, { columns: columns(Date.now()), empty }, options, context);
  const troubled = answer.items.some(({ state, unknownSince }) => TROUBLED.has(state) || unknownSince !== null);
  return troubled ? EXIT.findings : EXIT.done;
}

function columns(now: number): Column<JobBody>[] {
  return [
    { header: 'PLAN', text: ({ planKind }) => planKind },
    { header: 'WAVE', text: ({ wave }) => String(wave), align: 'right' },
    { header: 'ASSET', text: ({ asset }) => asset, shrinks: true },
    { header: 'STATE', text: (job) => stateText(job, now) },
    { header: 'SINCE', text: ({ updatedAt }) => momentText(updatedAt) },
    { header: 'TROUBLE', text: ({ trouble }) => trouble ?? '', shrinks: true },
  ];
}

function stateText({ state, unknownSince }: JobBody, now: number): string {
  return unknownSince === null ? state : `${state}, silent since ${distanceText(unknownSince, now)}`;
}

import { writeFile } from 'node:fs/promises';
import type { DeploymentReportBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { meaningOf } from '../platform/system-error.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import type { ReportOptions } from './campaign.ts';
import { campaignNamed } from './campaign-named.ts';

export async function report({ options, operands }: Invocation<ReportOptions>, context: Context): Promise<ExitCode> {
  const { body, page } = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    const body = await client('campaign.report', { params: { id } });
    if (options.html === undefined) return { body, page: null };
    return { body, page: await (await client('campaign.report-page', { params: { id } })).text() };
  });
  if (options.html !== undefined && page !== null) await save(options.html, page);
  if (options.json === true) await context.output.json(body);
  else if (options.html !== undefined) await context.output.write(`${options.html}: the report as a page\n`);
  else await context.output.write(reportText(body, (text) => context.output.styled('bold', text)));
  const { failed, unknown } = body.totals;
  return failed + unknown > 0 ? EXIT.findings : EXIT.done;
}

async function save(path: string, page: string): Promise<void> {
  await writeFile(path, page, { flag: 'wx' }).catch((error: unknown) => {
    const { what, advice } = meaningOf(error);
    throw new Failure(`cannot write ${path}: ${what}`, advice, { cause: error });
  });
}

function reportText(body: DeploymentReportBody, bold: (text: string) => string): string {
  const { title, state, lane, due, doneAt, late, requester, hosts, acts, remarks } = body;
  const inTime = late ? 'late' : 'in time';
  const lines = [
    `${bold(plainText(title))}  ${body.campaign}`,
    `  ${state}; lane ${lane ?? 'not judged'}; due ${due === null ? '-' : momentText(due)}; done ${doneAt === null ? 'not everywhere' : momentText(doneAt)} (${inTime})`,
    `  requested by ${plainText(requester)}`,
    ...acts.map(
      ({ person, act, at }) => `  ${plainText(person)} ${plainText(act)}${at === null ? '' : ` (${momentText(at)})`}`,
    ),
    ...hosts.flatMap(hostLines),
    ...remarks.map((remark) => `  note: ${plainText(remark)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function hostLines(host: DeploymentReportBody['hosts'][number]): string[] {
  const { asset, planKind, wave, outcome, changes, outages, trouble, unmet } = host;
  const where = planKind === 'production' ? `wave ${wave}` : planKind;
  return [
    `${plainText(asset)} (${where}): ${outcome}${trouble === null ? '' : `, ${plainText(trouble)}`}`,
    ...changes.map(({ name, before, after }) => `  ${plainText(`${name} ${before ?? '-'} -> ${after ?? '-'}`)}`),
    ...outages.map(({ unit, seconds }) => `  ${plainText(unit)} was down for ${seconds} s`),
    ...(unmet.length === 0 ? [] : [`  wanted and missing: ${plainText(unmet.join(', '))}`]),
  ];
}

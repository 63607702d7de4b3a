import type { AssetBackups, BackupProof, BackupSummary } from '@patchsteward/contract';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions, ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';

/** 3: some asset has no backup that would carry a change now. */
export async function listBackups({ options }: Invocation<ListOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('backup.list', { query: { ...query, search: options.search } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading backups', read),
    ),
  );
  const empty = 'No asset yet. Enroll a host with "patchsteward enrollment-token create".';
  await presentList(answer, { columns: columns(Date.now()), empty }, options, context);
  return answer.items.some(({ reason }) => reason !== null) ? EXIT.findings : EXIT.done;
}

function columns(now: number): Column<BackupSummary>[] {
  return [
    { header: 'ASSET', text: ({ assetName }) => assetName, shrinks: true },
    { header: 'TAKEN', text: ({ proof }) => (proof === null ? '-' : distanceText(proof.takenAt, now)) },
    { header: 'BYTES', text: ({ proof }) => (proof === null ? '-' : String(proof.bytes)), align: 'right' },
    { header: 'CHECKED', text: ({ proof }) => (proof?.checkedAt == null ? '-' : distanceText(proof.checkedAt, now)) },
    { header: 'WAIVED UNTIL', text: ({ waiver }) => (waiver === null ? '-' : momentText(waiver.expiresAt)) },
    { header: 'WHY IT WOULD NOT DO', text: ({ reason }) => reason?.sentence ?? '', shrinks: true },
  ];
}

export async function showBackups(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await assetNamed(client, operands[0] ?? '');
    return client('backup.show', { params: { id } });
  });
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(backupsText(answer, Date.now()));
  return answer.reason === null ? EXIT.done : EXIT.findings;
}

function backupsText({ assetName, assetId, proofs, waivers, reason }: AssetBackups, now: number): string {
  return [
    `${plainText(assetName)}  ${assetId}`,
    ...(reason === null ? [] : [`  ${plainText(reason.sentence)}`]),
    ...(proofs.length === 0 ? ['  No proof yet; make one on the backup side with "patchsteward backup probe".'] : []),
    ...proofs.map((proof) => `  ${proofText(proof, now)}`),
    ...waivers.map(
      ({ person, expiresAt, why }) =>
        `  WAIVED by ${plainText(person)} until ${momentText(expiresAt)}: ${plainText(why)}`,
    ),
    '',
  ].join('\n');
}

function proofText(proof: BackupProof, now: number): string {
  const checked = proof.checkedAt === null ? 'never checked' : `checked ${distanceText(proof.checkedAt, now)}`;
  const where = `${plainText(proof.repository)} by ${plainText(proof.prober)}`;
  return `${proof.snapshotId.slice(0, 8)}  taken ${distanceText(proof.takenAt, now)}, ${proof.bytes} bytes, ${checked}, in ${where}`;
}

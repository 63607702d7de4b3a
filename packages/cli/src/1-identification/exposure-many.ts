import { Readable } from 'node:stream';
import { EXPOSURE_CHARACTERS_MAX, type ExposedAsset, type ExposureAnswer } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { csvLine } from '../platform/csv.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';
import { readLines } from '../platform/read-lines.ts';
import type { Column } from '../platform/table.ts';
import { distinct, numberText } from '../platform/words.ts';
import { type AskedExposure, exitCodeOf, exposurePages, readExposure } from './exposure-read.ts';

/** A day's advisories name some hundreds; each is a question of its own. */
const ASKED_MAX = 10_000;

/** Ids as they stand in a file, one a line; what follows `#` is a note. */
export async function idsOf(file: string | undefined, { stdin }: Context): Promise<string[]> {
  if (file === undefined) return [];
  const input = file === '-' ? stdin : Readable.from([await readInput(file)], { objectMode: false });
  const ids: string[] = [];
  for await (const lines of readLines(input, EXPOSURE_CHARACTERS_MAX * 4)) {
    for (const { text } of lines) {
      const id = text.replace(/#.*$/, '').trim();
      if (id !== '') ids.push(id);
      if (ids.length > ASKED_MAX) throw new Failure(`more than ${ASKED_MAX} ids are asked for`, 'split the file');
    }
  }
  return distinct(ids);
}

interface Many {
  readonly ids: readonly string[];
  readonly asked: AskedExposure;
}

/** One line for each id. */
export async function tellMany(
  client: Client,
  { ids, asked }: Many,
  isJson: boolean,
  context: Context,
): Promise<ExitCode> {
  const answers: ExposureAnswer[] = [];
  for (const id of ids) {
    answers.push(await readExposure(client, id, asked, context));
    context.progress.show('asking', answers.length);
  }
  if (isJson) await context.output.json({ items: answers });
  else await context.output.table(ANSWER_COLUMNS, answers);
  return gravest(answers.map(exitCodeOf));
}

/** One affected asset is what a script must see, whatever else could not be judged. */
function gravest(codes: readonly ExitCode[]): ExitCode {
  if (codes.includes(EXIT.findings)) return EXIT.findings;
  return codes.find((code) => code !== EXIT.done) ?? EXIT.done;
}

const ANSWER_COLUMNS: readonly Column<ExposureAnswer>[] = [
  { header: 'ASKED', text: ({ vulnerability }) => vulnerability },
  { header: 'ANSWER', text: ({ answer }) => answer.replaceAll('-', ' ') },
  { header: 'AFFECTED', text: ({ counts }) => numberText(counts.affected), align: 'right' },
  { header: 'NOT JUDGED', text: ({ assetsNotJudged }) => numberText(assetsNotJudged), align: 'right' },
  { header: 'SEVERITY', text: ({ intelligence }) => intelligence.severity },
  { header: 'EXPLOITED SINCE', text: ({ intelligence }) => intelligence.knownExploited?.added ?? '-' },
  { header: 'WHAT IT MEANS', text: ({ sentence }) => sentence, shrinks: true },
];

const CSV_COLUMNS: readonly (readonly [name: string, of: (row: ExposedAsset) => string])[] = [
  ['asset', ({ assetName }) => assetName],
  ['asset_id', ({ assetId }) => assetId],
  ['criticality', ({ criticality }) => criticality],
  ['exposure', ({ exposure }) => exposure],
  ['status', ({ status }) => status],
  ['runs', ({ runs }) => (runs === null ? '' : String(runs))],
  ['vulnerabilities', ({ vulnerabilities }) => vulnerabilities.join(' ')],
  ['source', ({ source }) => source],
  ['version', ({ sourceVersion }) => sourceVersion],
  ['packages', ({ packages }) => packages.join(' ')],
  ['fixed', ({ fixed }) => fixed ?? ''],
  ['advisory', ({ advisory }) => advisory ?? ''],
  ['released', ({ releasedAt }) => releasedAt ?? ''],
  ['known_since', ({ knownSince }) => knownSince ?? ''],
  ['on_asset_since', ({ onAssetSince }) => onAssetSince ?? ''],
  ['next_step', ({ next }) => next.step],
  ['what_to_do', ({ next }) => next.sentence],
];

/** A row for each source version on each asset, page by page: the first is out before the last is read. */
export async function tellCsv(client: Client, { ids, asked }: Many, context: Context): Promise<ExitCode> {
  await context.output.write(csvLine(['asked', 'answer', ...CSV_COLUMNS.map(([name]) => name)]));
  const codes: ExitCode[] = [];
  for (const id of ids) {
    let first: ExposureAnswer | undefined;
    for await (const page of exposurePages(client, id, asked)) {
      first ??= page;
      const lines = page.assets.map((row) => csvLine([id, page.answer, ...CSV_COLUMNS.map(([, of]) => of(row))]));
      // An id without a row is not left out: silence would be taken for "clean".
      if (page === first && lines.length === 0) lines.push(csvLine([id, page.answer, ...CSV_COLUMNS.map(() => '')]));
      await context.output.write(lines.join(''));
    }
    if (first !== undefined) codes.push(exitCodeOf(first));
  }
  return gravest(codes);
}

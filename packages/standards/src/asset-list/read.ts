import { CsvError, parse } from 'csv-parse/sync';
import { columnsOf, type ListColumn, type ListField } from './columns.ts';

/** More columns than any export of an inventory has. */
const COLUMNS_MAX = 200;
/** A line of two hundred cells; a quote that is never closed would otherwise take the rest of the file. */
const RECORD_CHARACTERS_MAX = 64 * 1024;

interface ListedLine {
  /** In the file, from 1; the header is line 1. */
  readonly line: number;
  /** What it says; an empty cell says nothing. */
  readonly cells: Readonly<Partial<Record<ListField, string>>>;
}

interface ListProblem {
  readonly line: number;
  readonly problem: string;
}

export interface AssetList {
  readonly columns: readonly ListColumn[];
  readonly lines: readonly ListedLine[];
  /** Lines that cannot be read. */
  readonly problems: readonly ListProblem[];
}

/** A list of assets as a spreadsheet writes it. A text where it cannot be used as a whole. // RFC 4180 */
export function readAssetList(text: string, linesMax: number): AssetList | string {
  const records = recordsOf(text, linesMax);
  if (typeof records === 'string') return records;
  const [header, ...rest] = records;
  if (header === undefined) return 'it is empty';
  if (header.cells.length > COLUMNS_MAX) return `it has more than ${COLUMNS_MAX} columns`;
  if (rest.length > linesMax) return `it has more than ${linesMax} lines; import it in parts`;
  const columns = columnsOf(header.cells);
  if (typeof columns === 'string') return columns;
  if (rest.length === 0) return 'it names columns and no asset';

  const lines: ListedLine[] = [];
  const problems: ListProblem[] = [];
  for (const { line, cells } of rest) {
    if (cells.length === columns.length) lines.push({ line, cells: cellsOf(cells, columns) });
    else problems.push({ line, problem: `It has ${cells.length} cells and the header ${columns.length}.` });
  }
  return { columns, lines, problems };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(text: string, linesMax: number): CsvRecord[] | string {
  try {
    const records: CsvRecord[] = [];
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      on_record: (cells: readonly string[], { lines }) => {
        records.push({ line: lines, cells });
        return null;
      },
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: RECORD_CHARACTERS_MAX,
      trim: true,
      // The header, and one more than there may be.
      to: linesMax + 2,
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return problemOf(error);
  }
}

function problemOf(error: CsvError): string {
  const { code } = error;
  const at = typeof error['lines'] === 'number' ? ` (line ${error['lines']})` : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `a quotation mark is never closed${at}`;
  if (code === 'CSV_MAX_RECORD_SIZE') return `a line is longer than ${RECORD_CHARACTERS_MAX} characters${at}`;
  return `a quotation mark stands where none may be${at}`;
}

const DELIMITERS = [',', ';', '\t'] as const;

/** What parts the names of the columns; spreadsheets of half the world write a semicolon. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}

function cellsOf(cells: readonly string[], columns: readonly ListColumn[]): ListedLine['cells'] {
  const said = columns.flatMap(({ field }, at) => {
    const cell = cells[at] ?? '';
    return field === null || cell === '' ? [] : [[field, cell] as const];
  });
  return Object.fromEntries(said);
}

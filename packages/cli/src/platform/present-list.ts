import type { Context } from './context.ts';
import type { Column } from './table.ts';
import { numberText } from './words.ts';

interface List<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly total: number;
}

interface Look<Item> {
  readonly columns: readonly Column<Item>[];
  /** What a list without items says, and what to do about it. */
  readonly empty: string;
}

/** A list as the API's answer, or as a table that says where it is cut. */
export async function presentList<Item>(
  answer: List<Item>,
  { columns, empty }: Look<Item>,
  { json }: { readonly json?: true },
  context: Context,
): Promise<void> {
  if (json === true) await context.output.json(answer);
  else if (answer.items.length === 0) await context.output.write(`${empty}\n`);
  else await context.output.table(columns, answer.items);
  if (json !== true) noteCut(answer, context);
}

/** Says that there is more than is shown: a cut list must not look like a whole one. */
export function noteCut({ items, next, total }: List<unknown>, context: Context): void {
  if (next === null) return;
  context.note(`${numberText(items.length)} of ${numberText(total)} shown; --all shows all`);
}

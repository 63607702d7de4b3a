import type { Context } from '../platform/context.ts';
import { momentText } from '../platform/time-text.ts';

interface Counted {
  readonly countingSince: string | null;
}

/** Said loudly below a list over the fleet that lags: what is not counted yet is not in it. */
export function countingLines({ countingSince }: Counted, context: Context): string[] {
  if (countingSince === null) return [];
  const line = `Not complete: what changed since ${momentText(countingSince)} is still being counted; ask again in a moment.`;
  return [context.output.styled('yellow', line)];
}

/** The same where nothing else is said below the list. */
export async function tellCounting(
  answer: Counted,
  { json }: { readonly json?: true },
  context: Context,
): Promise<void> {
  if (json === true) return;
  await context.output.write(
    countingLines(answer, context)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

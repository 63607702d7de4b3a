import type { z } from 'zod';
import { Refusal } from './refusal.ts';

/** Where a page ended, as its caller carries it to the next: the sort values of the last item. */
export function encodeCursor(values: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** What came back is a stranger's text until the schema took it. */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (result.success) return result.data;
  throw new Refusal('bad-request', 'The cursor is not one that this server gave.', {
    details: [{ path: 'query.cursor', problem: 'use `next` of the page before, or none' }],
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // No JSON is no cursor of ours; the schema refuses it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

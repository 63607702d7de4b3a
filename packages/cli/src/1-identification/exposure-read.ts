import type { ExposureAnswer, ExposureQuery } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';

/** What the server gives at most at once. */
const PAGE_ROWS = 500;
/** A million rows: an answer that goes on beyond is a mistake of one side, and a loop without an end. */
const PAGES_MAX = 2_000;

export type AskedExposure = Pick<ExposureQuery, 'at' | 'show'>;

export async function* exposurePages(
  client: Client,
  vulnerability: string,
  asked: AskedExposure,
): AsyncGenerator<ExposureAnswer> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await client('exposure.show', {
      params: { vulnerability },
      query: { ...asked, cursor, limit: PAGE_ROWS },
    });
    yield answer;
    // A page without rows that promises more would be asked for without an end.
    if (answer.next === null || answer.assets.length === 0) return;
    cursor = answer.next;
  }
}

/** All pages as one answer. */
export async function readExposure(
  client: Client,
  vulnerability: string,
  asked: AskedExposure,
  context: Context,
): Promise<ExposureAnswer> {
  const assets: ExposureAnswer['assets'] = [];
  let first: ExposureAnswer | undefined;
  for await (const page of exposurePages(client, vulnerability, asked)) {
    first ??= page;
    assets.push(...page.assets);
    context.progress.show('reading assets', assets.length);
  }
  if (first === undefined) throw new TypeError('the server gives a page at least');
  return { ...first, assets, next: null };
}

/** "None of those that were judged" is no answer to "am I affected" while others were not. */
export function exitCodeOf({ answer, assetsNotJudged }: ExposureAnswer): ExitCode {
  if (answer === 'affected') return EXIT.findings;
  return answer === 'not-affected' && assetsNotJudged === 0 ? EXIT.done : EXIT.failed;
}

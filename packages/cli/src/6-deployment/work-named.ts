import type { ManualWork } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import { LISTED_MAX } from '../platform/words.ts';

const JOB = /^sha256:[0-9a-f]{64}$/;
/** Shorter ones fit several by chance. */
const PREFIX = /^(?:sha256:)?([0-9a-f]{8,64})$/;

/** How a person calls a job: the hash without its kind, as far as nobody else's begins so. */
export function shortJob(job: string): string {
  return job.slice('sha256:'.length, 'sha256:'.length + 12);
}

/** The work that a person named: by its job, the beginning of it, or its asset, where one piece of work on it is open. */
export async function workNamed(client: Client, named: string): Promise<ManualWork> {
  if (JOB.test(named)) return client('work.show', { params: { job: named } });
  const { items } = await readPages(
    (query) => client('work.list', { query }),
    itemsMaxOf({ all: true }),
    () => {},
  );
  const prefix = PREFIX.exec(named)?.[1];
  const alike = items.filter(
    ({ asset, job }) =>
      asset.toLowerCase() === named.toLowerCase() || (prefix !== undefined && job.startsWith(`sha256:${prefix}`)),
  );
  const [only, another] = alike;
  if (only !== undefined && another === undefined) return only;
  if (only === undefined) {
    throw new Failure(`no open work is called ${named}`, 'see what is open with "patchsteward work list"');
  }
  const candidates = alike.slice(0, LISTED_MAX).map(({ job, title }) => `${shortJob(job)} (${title})`);
  throw new Failure(
    `${alike.length} pieces of work are called ${named}`,
    `name one by its job: ${candidates.join(', ')}`,
    {
      exitCode: EXIT.usage,
    },
  );
}

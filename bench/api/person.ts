import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@patchsteward/contract/client';
import { BenchError } from '../bench-error.ts';
import type { Subjects } from './cases.ts';
import type { Server } from './server.ts';

/** Campaigns opened for the lists of campaigns; each is about hundreds of hosts. */
const CAMPAIGNS = 5;
/** What follows from opening them is done in the background; nothing of it may run while something is measured. */
const QUIET_LOOKS_MAX = 60;
const LOOK_MS = 500;

export interface SignedIn {
  readonly cookie: string;
  readonly subjects: Subjects;
}

/** The first person comes in, and opens some campaigns from what is proposed. */
export async function comeIn({ url, firstRun }: Server): Promise<SignedIn> {
  const cookie = await firstCookie(url, new URL(firstRun).hash.slice(1));
  const client = createClient({ base: url, fetch, headers: { cookie } });
  const { items: assets } = await client('asset.list', { query: { limit: 1 } });
  const { items: proposals } = await client('proposal.list', { query: { search: 'source', limit: CAMPAIGNS } });
  const opened: string[] = [];
  for (const { id } of proposals) opened.push((await client('campaign.open', { body: { proposal: id } })).id);
  const [asset] = assets;
  const [campaign] = opened;
  if (asset === undefined || campaign === undefined) {
    throw new BenchError('the filled house has no asset, or proposes nothing', 'mend bench/api/fill.ts');
  }
  await untilQuiet(async () => (await client('record.list', { query: { limit: 1 } })).total);
  return { cookie, subjects: { asset: asset.id, campaign } };
}

/** The first person comes in by the link. */
export async function firstCookie(url: string, secret: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/first-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret, login: 'ada', name: 'Ada', password: randomBytes(24).toString('base64') }),
  });
  if (!response.ok) throw new BenchError(`the first person is refused: ${await response.text()}`, 'see the server');
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');
}

/** Everything that happens writes into the record: when that stands still, so does the rest. */
async function untilQuiet(entries: () => Promise<number>): Promise<void> {
  let before = await entries();
  for (let look = 0; look < QUIET_LOOKS_MAX; look += 1) {
    await pause(LOOK_MS);
    const now = await entries();
    if (now === before) return;
    before = now;
  }
  throw new BenchError('the house does not come to rest', 'look at what the server writes into the record');
}

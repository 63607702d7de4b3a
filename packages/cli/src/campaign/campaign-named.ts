import type { Campaign, CampaignSummary } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import { LISTED_MAX } from '../platform/words.ts';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Ids begin with the time: fewer characters would fit several by chance. */
const PREFIX = /^[0-9a-f-]{6,35}$/i;

/** The campaign that a person named: by its id, the beginning of its id, or its title. */
export async function campaignNamed(client: Client, named: string): Promise<Campaign> {
  return client('campaign.show', { params: { id: ID.test(named) ? named.toLowerCase() : await idOf(client, named) } });
}

async function idOf(client: Client, named: string): Promise<string> {
  const { items } = await readPages(
    (query) => client('campaign.list', { query }),
    itemsMaxOf({ all: true }),
    () => {},
  );
  const wanted = named.toLowerCase();
  const alike = items.filter(
    ({ id, title }) => title.toLowerCase() === wanted || (PREFIX.test(wanted) && id.startsWith(wanted)),
  );
  const [only, another] = alike;
  if (only !== undefined && another === undefined) return only.id;
  throw only === undefined ? notFound(named) : ambiguous(named, alike);
}

function notFound(named: string): Failure {
  return new Failure(`there is no campaign ${named}`, 'see which there are with "patchsteward campaign list"');
}

function ambiguous(named: string, alike: readonly CampaignSummary[]): Failure {
  const candidates = alike.slice(0, LISTED_MAX).map(({ id, title }) => `${id} (${title})`);
  return new Failure(`${alike.length} campaigns are called ${named}`, `name one by its id: ${candidates.join(', ')}`, {
    exitCode: EXIT.usage,
  });
}

import { describe, expect, it } from 'vitest';
import { type Client, createClient, NotTheServerError } from './client.ts';

const PARAMS = { id: '01890000-0000-7000-8000-000000000001' };

function answering(disposition: string | null): Client {
  const headers: Record<string, string> = disposition === null ? {} : { 'content-disposition': disposition };
  return createClient({ base: '', fetch: () => Promise.resolve(new Response('<html>', { headers })) });
}

describe('a page', () => {
  it.each(['attachment; filename="report.html"', 'inline; filename="report.html"', 'inline'])(
    'that is sent as a file (%s) is taken as it is',
    async (disposition) => {
      const answer = await answering(disposition)('campaign.report-page', { params: PARAMS });

      expect(await answer.text()).toBe('<html>');
    },
  );

  it('that nobody calls a file comes from something else', async () => {
    await expect(answering(null)('campaign.report-page', { params: PARAMS })).rejects.toThrow(NotTheServerError);
  });
});

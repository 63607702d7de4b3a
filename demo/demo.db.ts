import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordVerifier } from '@patchsteward/trust/record';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithDatabase } from '../packages/server/src/platform/testing/database.ts';
import { CAMPAIGNS } from './story/campaigns.ts';
import { OpenedDemo } from './testing/opened.ts';
import { STANDINGS, standingsOf } from './testing/standings.ts';

/** A small fleet, told in full; other tests run beside it. */
const TELLING_MS_MAX = 300_000;
const SHARE = 0.1;
const MOVES_MS_MAX = 30_000;

describeWithDatabase('a small demo, told by the same people through the same doors', () => {
  let demo: OpenedDemo;
  beforeAll(async () => {
    demo = await OpenedDemo.open(SHARE);
  }, TELLING_MS_MAX);
  afterAll(() => demo?.close());

  it('leaves every campaign where the story wants it, one of them late', async () => {
    const campaigns = await demo.campaigns(await demo.as('ivy'));

    expect(standingsOf(campaigns)).toEqual(STANDINGS);
    expect([...campaigns.values()].filter(({ late }) => late).map(({ title }) => title)).toEqual([
      expect.stringMatching(/^samba /),
    ]);
  });

  it('says of itself that it is one, with its people', async () => {
    const ivy = await demo.as('ivy');

    expect((await ivy('session.show', {})).demo?.people).toEqual(demo.running.people);
  });

  it('can be gone on with: who gives the late one windows sees it move', { timeout: 2 * MOVES_MS_MAX }, async () => {
    const ivy = await demo.as('ivy');
    const late = (await demo.campaigns(ivy)).get('samba');
    const windows = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((weekday) => ({
      ...{ kind: 'weekly' as const, weekday, start: '00:00', durationMs: 86_400_000 },
    }));

    await ivy('group.set', { params: { name: 'files' }, body: { version: 1, zone: 'UTC', windows } });

    await vi.waitFor(
      async () => {
        expect(await ivy('campaign.show', { params: { id: late?.id ?? '' } })).toMatchObject({ state: 'planned' });
      },
      { timeout: MOVES_MS_MAX, interval: 200 },
    );
  });

  it('has a record that proves itself offline', async () => {
    const ivy = await demo.as('ivy');
    const file = join(demo.folder, 'record.jsonl');
    const exported = Buffer.from(await (await ivy('record.export', {})).arrayBuffer());
    await writeFile(file, exported);

    const verifier = new RecordVerifier({});
    verifier.add(exported);

    expect(verifier.end()).toMatchObject({ faultCount: 0, campaigns: CAMPAIGNS.length });
  });
});

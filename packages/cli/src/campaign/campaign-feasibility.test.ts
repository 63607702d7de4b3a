import type { CampaignFeasibility } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { asset, at, idOf, reason, whole } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';
import { CAMPAIGN } from './testing/campaign-answers.ts';

const { answering, ask, askJson, calls } = asking();
const ID = CAMPAIGN.id;
const SPAN = { from: '2026-11-22T23:00:00.000Z', until: '2026-11-23T03:00:00.000Z' };
const WINDOW = { id: idOf(9), assets: [idOf(1)], ...SPAN, why: 'the sale', by: 'person:ivy', at: at(0) };
const LATE: CampaignFeasibility['late'][number] = {
  assetId: idOf(1),
  asset: 'web-1',
  owner: 'olga',
  maintenanceGroup: 'nights',
  zone: 'UTC',
  first: null,
  reasons: [reason('no-maintenance-window', 'web-1 has no window.')],
  offers: [
    {
      kind: 'extraordinary-window',
      span: SPAN,
      offset: '+00:00',
      command: 'patchsteward campaign window add C --asset web-1',
    },
    { kind: 'mitigation', command: 'patchsteward exception request --kind mitigate' },
    { kind: 'exception', command: 'patchsteward exception request' },
  ],
};

function having(more: Partial<CampaignFeasibility> = {}): void {
  const feasibility: CampaignFeasibility = {
    ...{ lane: 'critical', due: '2026-11-24T12:00:00.000Z', earliest: '2026-11-22T20:00:00.000Z' },
    ...{ hosts: 12, inTime: 11, late: [LATE], extraordinary: [], ...more },
  };
  answering({
    'campaign.show': () => CAMPAIGN,
    'campaign.feasibility': () => ({ feasibility }),
    'asset.list': () => whole([asset({ id: idOf(2), name: 'web-2' })]),
    'extraordinary.add': () => WINDOW,
    'extraordinary.remove': () => ({}),
  });
}

const added = () => calls().find(({ id }) => id === 'extraordinary.add')?.body;
const TIMES = ['--from', '2026-11-23T00:00:00+01:00', '--until', SPAN.until, '--why', 'the sale'];

describe('campaign feasibility', () => {
  it('names who is late, with the line of each way out', async () => {
    having();

    const { code, stdout } = await ask('campaign', 'feasibility', ID);

    expect(code).toBe(3);
    expect(stdout.split('\n')).toEqual([
      `${CAMPAIGN.title}: 11 of 12 hosts of production can be done before 2026-11-24 12:00 UTC (lane critical); starts are possible from 2026-11-22 20:00 UTC on.`,
      '  web-1 (of olga): no window at all. web-1 has no window.',
      '      patchsteward campaign window add C --asset web-1',
      '      patchsteward exception request --kind mitigate',
      '      patchsteward exception request',
      '',
    ]);
  });

  it('is content where all are in time, and shows what was asked for', async () => {
    having({ inTime: 12, late: [], extraordinary: [WINDOW] });

    const { code, stdout } = await ask('campaign', 'feasibility', ID);

    expect(code).toBe(0);
    expect(stdout).toContain(
      `Asked for beside the windows: 2026-11-22 23:00 UTC to 2026-11-23 03:00 UTC for 1 asset by person:ivy: the sale (window ${idOf(9)})`,
    );
    expect(await askJson('campaign', 'feasibility', ID)).toMatchObject({ answer: { feasibility: { inTime: 12 } } });
  });

  it('says where nothing is known yet', async () => {
    having();
    answering({
      'campaign.show': () => CAMPAIGN,
      'campaign.feasibility': () => ({ feasibility: null }),
    });

    expect(await ask('campaign', 'feasibility', ID)).toMatchObject({
      code: 0,
      stdout: `${CAMPAIGN.title}: its lane is not known yet.\n`,
    });
  });
});

describe('campaign window', () => {
  it('is asked for, for those that are late', async () => {
    having();

    const { code, stdout } = await ask('campaign', 'window', 'add', ID, ...TIMES);

    expect(code).toBe(0);
    expect(added()).toEqual({ assets: [idOf(1)], ...SPAN, why: 'the sale' });
    expect(stdout).toContain('2026-11-22 23:00 UTC to 2026-11-23 03:00 UTC is asked for, for 1 asset.');
  });

  it('is asked for, for those that are named', async () => {
    having();

    expect((await ask('campaign', 'window', 'add', ID, '--asset', 'web-2', ...TIMES)).code).toBe(0);
    expect(added()).toMatchObject({ assets: [idOf(2)] });
  });

  it('without an offset is no time', async () => {
    having();

    const argv = ['--from', '2026-11-23T00:00:00', '--until', SPAN.until, '--why', 'x'];
    const { code, stderr } = await ask('campaign', 'window', 'add', ID, ...argv);

    expect(code).toBe(2);
    expect(stderr).toContain('--from 2026-11-23T00:00:00 is no time');
    expect(added()).toBeUndefined();
  });

  it('for nobody is refused', async () => {
    having({ late: [] });

    const { code, stderr } = await ask('campaign', 'window', 'add', ID, ...TIMES);

    expect(code).toBe(1);
    expect(stderr).toContain('no host of this campaign is late');
  });

  it('is taken back', async () => {
    having();

    expect((await ask('campaign', 'window', 'remove', ID, idOf(9))).stdout).toContain('The window is taken back.');
  });
});

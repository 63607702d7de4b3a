import type {
  Campaign,
  CampaignFeasibility,
  CampaignPlanAnswer,
  CampaignSummary,
  ExtraordinaryWindow,
} from '@patchsteward/contract';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CampaignWorld, openCampaignWorld, PROPOSAL } from './testing/campaign-world.ts';
import { assessRisk, carryOut, PRODUCTION, planOf } from './testing/walk.ts';

const WALK_MS_MAX = 120_000;

/** One campaign, looked at wherever it stands: the steps follow each other. */
describeWithDatabase('what cannot be done in time', () => {
  let world: CampaignWorld;
  let id: string;
  let window: ExtraordinaryWindow;
  beforeAll(async () => {
    world = await openCampaignWorld();
    ({ id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL }));
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  const feasibility = async () => {
    const { feasibility: found } = await world.done<{ feasibility: CampaignFeasibility | null }>(
      ...(['ivy', 'GET', `campaigns/${id}/feasibility`] as const),
    );
    if (found === null) throw new Error('its lane is known');
    return found;
  };
  const setGroup = async (version: number, windows: object[]) => {
    await world.done('ivy', 'PUT', 'maintenance-groups/always', { version, zone: 'UTC', windows });
    await world.settle();
  };
  const intervals = async () => {
    const { plan } = await world.done<CampaignPlanAnswer>('ivy', 'GET', `campaigns/${id}/plan?kind=production`);
    return (plan?.waves ?? []).flatMap(({ hosts }) => hosts.map(({ asset, intervals: spans }) => ({ asset, spans })));
  };
  const extraordinary = `campaigns/${'{id}'}/extraordinary-windows`;
  const path = () => extraordinary.replace('{id}', id);

  it('is nothing while its hosts have windows', async () => {
    expect(await feasibility()).toMatchObject({ hosts: 3, inTime: 3, late: [], extraordinary: [] });
  });

  it('is named at the first hour, with what helps', async () => {
    // A year ahead: nothing is due as late as that.
    const date = new Date(world.now() + 365 * 24 * HOUR_MS).toISOString().slice(0, 10);
    await setGroup(1, [{ kind: 'once', date, start: '02:00', durationMs: HOUR_MS }]);

    const { hosts, inTime, late, due } = await feasibility();

    expect({ hosts, inTime }).toEqual({ hosts: 3, inTime: 0 });
    expect(late.map(({ asset }) => asset).sort()).toEqual([...PRODUCTION].sort());
    expect(late[0]).toMatchObject({ owner: 'otto', maintenanceGroup: 'always', zone: 'UTC', first: null });
    const [offer, ...others] = late[0]?.offers ?? [];
    if (offer?.kind !== 'extraordinary-window') throw new Error('a window is offered');
    expect(Date.parse(offer.span.until)).toBeLessThan(Date.parse(due));
    expect(offer.command).toContain(`patchsteward campaign window add ${id} --asset ${late[0]?.asset} --from `);
    expect(others.map(({ kind }) => kind)).toEqual(['mitigation', 'exception']);
  });

  it.each([
    ['that is over', -2, -1],
    ['that ends before it begins', 2, 1],
    ['of a month', 1, 720],
  ])('is not helped by a window %s', async (_, from, until) => {
    const body = {
      assets: [world.host('low-1').assetId],
      from: new Date(world.now() + from * HOUR_MS).toISOString(),
      until: new Date(world.now() + until * HOUR_MS).toISOString(),
      why: 'the sale',
    };

    expect(await world.call('ivy', 'POST', path(), body)).toMatchObject({ status: 400 });
  });

  it('is not helped by a window of a test host, of another campaign, or asked for by an auditor', async () => {
    const body = {
      assets: [world.host('ring-1').assetId],
      from: new Date(world.now() + HOUR_MS).toISOString(),
      until: new Date(world.now() + 2 * HOUR_MS).toISOString(),
      why: 'the sale',
    };
    const missing = 'campaigns/01890000-0000-7000-8000-00000000dead/extraordinary-windows';

    expect(await world.call('ivy', 'POST', path(), body)).toMatchObject({ status: 400 });
    expect(await world.call('ivy', 'POST', missing, body)).toMatchObject({ status: 404 });
    expect((await feasibility()).extraordinary).toEqual([]);
  });

  it('is in time with the window that was offered, and planned in it', { timeout: WALK_MS_MAX }, async () => {
    const { late } = await feasibility();
    const body = {
      assets: late.map(({ assetId }) => assetId),
      // From now on, so that the story need not wait for a night.
      from: new Date(world.now()).toISOString(),
      until: new Date(world.now() + 12 * HOUR_MS).toISOString(),
      why: 'the sale is on, and the vulnerability is known',
    };
    window = await world.done<ExtraordinaryWindow>('ivy', 'POST', path(), body);

    expect(await feasibility()).toMatchObject({
      inTime: 3,
      late: [],
      extraordinary: [{ id: window.id, why: body.why }],
    });

    await assessRisk(world, id);
    await world.until(id, 'authentic');
    await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
    await carryOut(world, id, ['ring-1'], 'tested');
    for (const name of PRODUCTION) await world.prove(name);
    await world.until(id, 'planned');

    const planned = await intervals();
    expect(planned.map(({ asset }) => asset).sort()).toEqual([...PRODUCTION].sort());
    for (const { spans } of planned) {
      expect(spans.every(({ from, until }) => from >= window.from && until <= window.until)).toBe(true);
    }
  });

  it('is planned again when the window is taken back', { timeout: WALK_MS_MAX }, async () => {
    const before = (await world.done<Campaign>('ivy', 'GET', `campaigns/${id}`)).plans.production;

    await world.done('ivy', 'DELETE', `${path()}/${window.id}`);
    await world.until(id, 'replanning');

    const { reasons } = await world.explain(id);
    expect(reasons.map(({ code }) => code)).toContain('no-maintenance-window');
    expect(await world.call('ivy', 'DELETE', `${path()}/${window.id}`)).toMatchObject({ status: 404 });

    const always = { kind: 'weekly', start: '00:00', durationMs: 7 * 24 * HOUR_MS, weekday: 'mon' };
    await setGroup(2, [always]);
    await world.until(id, 'planned');
    const after = (await world.done<Campaign>('ivy', 'GET', `campaigns/${id}`)).plans.production;
    expect(after).not.toBe(before);
  });

  it('is planned again when a freeze comes over signed times', { timeout: WALK_MS_MAX }, async () => {
    const [from, until] = [0, 6].map((hours) =>
      new Date(world.now() + hours * HOUR_MS).toISOString().slice(0, 19).replaceAll(/[-:]/g, ''),
    );
    const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:${from}Z\r\nDTEND:${until}Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    const before = (await intervals())[0]?.spans[0]?.from ?? '';

    await world.done('ivy', 'POST', 'freezes', { name: 'launch', text });
    await world.settle();
    await world.until(id, 'planned');

    const starts = (await intervals()).flatMap(({ spans }) => spans.map((span) => Date.parse(span.from)));
    expect(Date.parse(before)).toBeLessThan(Math.min(...starts));
    expect(Math.min(...starts)).toBeGreaterThan(world.now() + 5 * HOUR_MS);
  });
});

import type {
  Campaign,
  CampaignSummary,
  MaintenancePlan,
  MaintenanceTurn,
  MaintenanceTurnSummary,
} from '@patchsteward/contract';
import { DAY_MS, HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDatabase } from '../../platform/testing/database.ts';
import { type CampaignWorld, NEW, openCampaignWorld, PROPOSAL } from '../testing/campaign-world.ts';
import { assessRisk } from '../testing/walk.ts';

const WALK_MS_MAX = 120_000;
const PATH = 'maintenance-plans/monthly';

const CHANGE = { version: 0, groups: ['always'], zone: 'UTC', leadDays: 0, opensAt: '00:00', asked: ['ivy'] };

/** The day of the week in so many days. */
function weekdayIn(world: CampaignWorld, days: number) {
  return (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[
    new Date(world.now() + days * DAY_MS).getUTCDay()
  ];
}

/** One plan over some of its turns: the steps follow each other, and the clock runs ahead of that of the machine. */
describeWithDatabase('a maintenance plan', () => {
  let world: CampaignWorld;
  let taken: CampaignSummary;
  beforeAll(async () => {
    world = await openCampaignWorld({ fixes: false });
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  const change = (more: object = {}) => ({
    ...CHANGE,
    rule: { kind: 'weekly', weekday: weekdayIn(world, 2) },
    ...more,
  });
  const plan = async () => {
    const { items } = await world.done<{ items: MaintenancePlan[] }>('ivy', 'GET', 'maintenance-plans');
    const [found] = items;
    if (found === undefined || items.length > 1) throw new Error(`${items.length} plans`);
    return found;
  };
  const turns = async () =>
    (await world.done<{ items: MaintenanceTurnSummary[] }>('ivy', 'GET', `${PATH}/turns`)).items;
  const newest = async () => {
    const [first] = await turns();
    return world.done<MaintenanceTurn>('ivy', 'GET', `${PATH}/turns/${first?.day}`);
  };
  const told = async () => (await turns()).map(({ state }) => state);
  const recorded = async () => {
    const rows = await world.database.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'subject'])
      .where('kind', 'like', 'maintenance-%')
      .where('kind', 'not like', 'maintenance-group%')
      .execute();
    return rows.map(({ kind, subject }) => `${kind} ${subject}`);
  };
  /** To the moment after the next turn opens. */
  const toNext = async () => {
    const [next] = (await plan()).next;
    world.ahead.ms += Date.parse(next?.opensAt ?? '') - world.now() + 1_000;
  };

  it.each([
    ['a zone that there is not', { zone: 'Mars/Base' }, 400],
    ['a group that there is not', { groups: ['nobody'] }, 400],
    ['somebody whom nobody knows', { asked: ['stranger'] }, 400],
    ['announced days that are over', { rule: { kind: 'announced', dates: ['2020-01-01'] } }, 400],
    ['a version of before', { version: 3 }, 409],
  ])('is not made with %s', async (_, more, status) => {
    expect(await world.call('ivy', 'PUT', PATH, change(more))).toMatchObject({ status });
  });

  it('is made, and shows its next five turns', async () => {
    const made = await world.done<MaintenancePlan>('ivy', 'PUT', PATH, change());

    expect(made).toMatchObject({ version: 1, assets: 4, paused: null, waiting: null, groups: ['always'] });
    const opens = made.next.map(({ opensAt }) => Date.parse(opensAt));
    expect(opens).toHaveLength(5);
    expect(opens.slice(1).map((at, index) => at - (opens[index] ?? 0))).toEqual(
      [7, 7, 7, 7].map((days) => days * DAY_MS),
    );
    expect(made.next[0]).toMatchObject({ offset: '+00:00' });
  });

  it('asks nobody before its time', async () => {
    await world.settle();

    expect(await turns()).toEqual([]);
  });

  it('asks at its time with what is offered then, once, whichever server looks, and if one dies over it', async () => {
    await toNext();
    world.servers = 3;
    const deaths = { left: 2 };
    world.dies = () => {
      deaths.left -= 1;
      return deaths.left >= 0;
    };
    for (let look = 0; look < 6; look += 1) {
      await world.look();
      // A wish that failed is tried again after a while.
      world.ahead.ms += 60_000;
    }
    world.dies = () => false;
    world.servers = 1;
    await world.settle();

    expect(await turns()).toHaveLength(1);
    const turn = await newest();
    expect(turn).toMatchObject({ state: 'proposed', campaign: null, decided: null });
    expect(turn.updates).toEqual([
      { scope: 'debian:12', source: NEW.name, sourceVersion: NEW.version, assets: 4, standing: { kind: 'offered' } },
    ]);
    expect((await plan()).waiting).toMatchObject({ day: turn.day, updates: 1 });
    expect((await recorded()).filter((entry) => entry.startsWith('maintenance-turn'))).toEqual([
      `maintenance-turn.proposed monthly ${turn.day}`,
    ]);
  });

  it('starts nothing by itself', async () => {
    expect(await world.done('ivy', 'GET', 'campaigns')).toMatchObject({ total: 0 });
  });

  it('lets the turn lapse that nobody answered when another one comes', async () => {
    await toNext();
    await world.settle();

    expect(await told()).toEqual(['proposed', 'lapsed']);
  });

  it('tells what passed while no server ran, and asks for the last alone', async () => {
    await toNext();
    world.ahead.ms += 14 * DAY_MS;
    await world.settle();

    const all = await turns();
    expect(all.map(({ state }) => state)).toEqual(['proposed', 'missed', 'missed', 'lapsed', 'lapsed']);
    expect(new Set(all.map(({ day }) => day)).size).toBe(5);
    expect((await recorded()).filter((entry) => entry.startsWith('maintenance-turn.missed'))).toHaveLength(2);
  });

  it('is dismissed with a reason, once', async () => {
    const { day } = (await turns())[0] ?? { day: '' };

    expect(await world.call('ivy', 'POST', `${PATH}/turns/${day}/dismiss`, { why: ' ' })).toMatchObject({
      status: 400,
    });
    const dismissed = await world.done<MaintenanceTurn>('ivy', 'POST', `${PATH}/turns/${day}/dismiss`, {
      why: 'the sale runs',
    });

    expect(dismissed).toMatchObject({ state: 'dismissed', decided: { by: 'ivy', why: 'the sale runs' } });
    for (const answer of ['dismiss', 'take']) {
      const again = await world.call(
        'ivy',
        'POST',
        `${PATH}/turns/${day}/${answer}`,
        answer === 'dismiss' ? { why: 'again' } : {},
      );
      expect(again).toMatchObject({ status: 409 });
    }
  });

  it('asks nobody while it is paused, and says so', async () => {
    await world.done('ivy', 'POST', `${PATH}/pause`, { why: 'a move' });
    expect(await world.call('ivy', 'POST', `${PATH}/pause`, { why: 'a move' })).toMatchObject({ status: 409 });
    await toNext();
    await world.settle();

    expect((await told())[0]).toBe('paused');
    expect((await plan()).paused).toMatchObject({ by: 'ivy', why: 'a move' });

    await world.done('ivy', 'POST', `${PATH}/resume`);
    expect(await world.call('ivy', 'POST', `${PATH}/resume`)).toMatchObject({ status: 409 });
    await toNext();
    await world.settle();
    expect((await told())[0]).toBe('proposed');
  });

  it('is taken: a routine campaign over the hosts of its groups, with who took it as requester', async () => {
    const { day } = (await turns())[0] ?? { day: '' };
    taken = await world.done<CampaignSummary>('ivy', 'POST', `${PATH}/turns/${day}/take`, {});

    expect(taken).toMatchObject({ title: `monthly ${day}`, lane: 'routine', requester: 'ivy', assets: 4 });
    const turn = await newest();
    expect(turn).toMatchObject({ state: 'taken', campaign: taken.id, decided: { by: 'ivy', why: null } });
    expect(turn.updates.map(({ standing }) => standing)).toEqual([{ kind: 'offered' }]);
    const campaign = await world.done<Campaign>('ivy', 'GET', `campaigns/${taken.id}`);
    expect(campaign.updates.map(({ source, sourceVersion }) => [source, sourceVersion])).toEqual([
      [NEW.name, NEW.version],
    ]);
    expect(await world.call('ivy', 'POST', 'campaigns', { proposal: PROPOSAL })).toMatchObject({ status: 404 });
  });

  it('has an empty turn where everything is in a campaign already', async () => {
    await toNext();
    await world.settle();

    expect((await turns())[0]).toMatchObject({ state: 'empty', frozen: 0 });
  });

  it('changes by the version that was seen, and its turns stay', async () => {
    const before = await turns();
    const { version } = await plan();

    const later = await world.done<MaintenancePlan>(
      'ivy',
      'PUT',
      PATH,
      change({ version, leadDays: 1, opensAt: '12:00' }),
    );

    expect(later).toMatchObject({ version: version + 1, leadDays: 1 });
    expect(later.next.map(({ day, opensAt }) => Date.parse(day) - Date.parse(opensAt))).toEqual(
      Array.from({ length: 5 }, () => 12 * HOUR_MS),
    );
    expect(await turns()).toEqual(before);
    expect(
      (
        await world.done<MaintenancePlan>(
          'ivy',
          'PUT',
          PATH,
          change({ version: version + 1, leadDays: 1, opensAt: '12:00' }),
        )
      ).version,
    ).toBe(version + 1);
  });

  it('is removed with its turns, and the record keeps them', async () => {
    await world.done('ivy', 'DELETE', PATH);

    expect(await world.done('ivy', 'GET', 'maintenance-plans')).toEqual({ items: [] });
    expect(await world.call('ivy', 'GET', `${PATH}/turns`)).toMatchObject({ status: 404 });
    expect(await world.call('ivy', 'DELETE', PATH)).toMatchObject({ status: 404 });
    world.ahead.ms += 8 * DAY_MS;
    await world.settle();
    expect(await recorded()).toContain('maintenance-plan.removed monthly');
    expect((await recorded()).filter((entry) => entry.startsWith('maintenance-turn.empty'))).toHaveLength(1);
  });
});

describeWithDatabase('the campaign of a turn', () => {
  let world: CampaignWorld;
  beforeAll(async () => {
    world = await openCampaignWorld();
    const weekday = weekdayIn(world, 1);
    await world.done('ivy', 'PUT', PATH, { ...CHANGE, rule: { kind: 'weekly', weekday } });
    world.ahead.ms += DAY_MS;
    await world.settle();
  }, WALK_MS_MAX);
  afterAll(() => world.close());

  it('leaves out what became urgent meanwhile: that has a proposal of its own', async () => {
    const [turn] = (await world.done<{ items: MaintenanceTurnSummary[] }>('ivy', 'GET', `${PATH}/turns`)).items;

    // What it fixes is not rated by anybody, so that it runs on the critical clock.
    expect(turn).toMatchObject({ state: 'empty' });
    expect(await world.done('ivy', 'GET', 'proposals')).toMatchObject({ items: [{ id: PROPOSAL, lane: 'critical' }] });
  });

  it(
    'walks like any other once its updates are routine',
    async () => {
      const low = { vulnerabilities: ['CVE-2026-0001'], severity: 'low', why: 'needs a local account', replace: false };
      await world.done('sam', 'POST', 'severities', low);
      await world.settle();
      const { version } = await world
        .done<{ items: MaintenancePlan[] }>('ivy', 'GET', 'maintenance-plans')
        .then(({ items: [plan] }) => plan ?? { version: 0 });
      const rule = { kind: 'weekly', weekday: weekdayIn(world, 1) };
      await world.done('ivy', 'PUT', PATH, { ...CHANGE, version, rule });
      world.ahead.ms += DAY_MS;
      await world.settle();
      const [turn] = (await world.done<{ items: MaintenanceTurnSummary[] }>('ivy', 'GET', `${PATH}/turns`)).items;

      const { id } = await world.done<CampaignSummary>('ivy', 'POST', `${PATH}/turns/${turn?.day}/take`, {});

      await assessRisk(world, id);
      await world.until(id, 'authentic');
    },
    WALK_MS_MAX,
  );
});

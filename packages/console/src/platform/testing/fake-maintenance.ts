import type { MaintenancePlan, MaintenanceTurn } from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { DAY_MS, fakeId, wire } from './fake-assets.ts';

/** Without the taking of a turn, which opens a campaign: that is tried with a real server. */
export type FakeMaintenanceRouteId =
  | `maintenance-plan.${'list' | 'set' | 'remove' | 'pause' | 'resume'}`
  | `maintenance-turn.${'list' | 'show' | 'dismiss'}`;

const SERVERS: MaintenancePlan = {
  ...{ name: 'servers', version: 3, groups: ['sunday', 'without-windows'], zone: 'Europe/Berlin', assets: 312 },
  rule: { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
  ...{ leadDays: 7, opensAt: '09:00', asked: ['ivy'], paused: null },
  next: [28, 63, 91, 119, 154].map((day) => ({
    ...{ day: wire((day + 7) * DAY_MS).slice(0, 10), opensAt: wire(day * DAY_MS), offset: '+01:00' },
  })),
  waiting: { day: wire(4 * DAY_MS).slice(0, 10), since: wire(-3 * DAY_MS), updates: 5 },
};
const POINTS: MaintenancePlan = {
  ...{ ...SERVERS, name: 'point-releases', groups: ['sunday'], assets: 7, next: [], waiting: null, asked: [] },
  rule: { kind: 'announced', dates: ['2026-01-10', '2026-03-14'] },
  paused: { by: 'ada', at: wire(-DAY_MS), why: 'the machines move to another room' },
};
const UPDATE = { scope: 'debian:12', sourceVersion: '3.0.17-1~deb12u3', assets: 212 };
const TURN: MaintenanceTurn = {
  ...{ day: SERVERS.waiting?.day ?? '', opensAt: wire(-3 * DAY_MS), toldAt: wire(-3 * DAY_MS), state: 'proposed' },
  ...{ frozen: 5, campaign: null, decided: null },
  updates: [
    { ...UPDATE, source: 'openssl', standing: { kind: 'offered' } },
    { ...UPDATE, source: 'curl', standing: { kind: 'replaced', sourceVersion: '7.88.1-10+deb12u9' } },
    { ...UPDATE, source: 'sudo', standing: { kind: 'urgent' } },
    { ...UPDATE, source: 'vim', standing: { kind: 'in-campaign', campaign: fakeId(500) } },
    { ...UPDATE, source: 'a-source-package-with-a-name-that-goes-on-and-on', standing: { kind: 'gone' } },
  ],
};

/** Two plans: one that waits for an answer, and one that is paused and has no day left. */
export function fakeMaintenance(isEmpty: () => boolean): Handlers<FakeMaintenanceRouteId> {
  const plans = new Map([SERVERS, POINTS].map((plan) => [plan.name, plan]));
  const put = (name: string, change: Partial<MaintenancePlan>): MaintenancePlan => {
    const plan = { ...(plans.get(name) ?? { ...POINTS, name, paused: null }), ...change };
    plans.set(name, plan);
    return plan;
  };
  let answer: Partial<MaintenanceTurn> = {};
  return {
    'maintenance-plan.list': () => Promise.resolve({ items: isEmpty() ? [] : [...plans.values()] }),
    'maintenance-plan.set': async ({ params, body: { version, ...change } }) =>
      put(params.name, { ...change, version: version + 1 }),
    'maintenance-plan.remove': async ({ params }) => {
      plans.delete(params.name);
      return {};
    },
    'maintenance-plan.pause': async ({ params, body: { why } }) =>
      put(params.name, { paused: { by: 'ada', at: wire(0), why } }),
    'maintenance-plan.resume': async ({ params }) => put(params.name, { paused: null }),
    'maintenance-turn.list': async ({ params }) => ({
      items: params.name === SERVERS.name ? [{ ...TURN, ...answer }, ...PAST] : [],
    }),
    'maintenance-turn.show': async () => ({ ...TURN, ...answer }),
    'maintenance-turn.dismiss': async ({ params, body: { why } }) => {
      if (params.name !== SERVERS.name) throw new Refusal('not-found', 'There is no such turn.');
      answer = { state: 'dismissed', decided: { by: 'ada', at: wire(0), why } };
      put(params.name, { waiting: null });
      return { ...TURN, ...answer };
    },
  };
}

const PAST: MaintenanceTurn[] = [
  {
    ...{ ...TURN, day: '2026-10-13', state: 'taken', updates: [], frozen: 41, campaign: fakeId(500) },
    decided: { by: 'ivy', at: wire(-30 * DAY_MS), why: null },
  },
  {
    ...{ ...TURN, day: '2026-09-08', state: 'dismissed', updates: [], frozen: 12 },
    decided: { by: 'ivy', at: wire(-70 * DAY_MS), why: 'the sale runs until Friday' },
  },
  { ...TURN, day: '2026-08-11', state: 'missed', updates: [], frozen: 0 },
];

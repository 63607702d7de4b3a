import { describe, expect, it } from 'vitest';
import { askedIds, askedOf, type Case } from './cases.ts';
import { listRoutes } from './routes.ts';

const SUBJECTS = { asset: '01890000-0000-7000-8000-000000000001', campaign: '01890000-0000-7000-8000-000000000002' };

describe('the lists that are measured', () => {
  it('are those of the contract, each with what it is asked', () => {
    expect(
      listRoutes()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(askedIds().toSorted());
  });

  it.each(['asset.list', 'asset.facets', 'finding.groups', 'exposure.show', 'campaign.rooms', 'api-token.list'])(
    'have %s among them',
    (id) => {
      expect(listRoutes().map((route) => route.id)).toContain(id);
    },
  );

  it.each(['asset.show', 'overview.show', 'event.stream', 'agent.roots', 'record.export', 'health.live'])(
    'do not have %s among them',
    (id) => {
      expect(listRoutes().map((route) => route.id)).not.toContain(id);
    },
  );

  it.each(listRoutes().map((route) => [route.id, route] as const))(
    '%s understands all that it is asked',
    (id, route) => {
      const asked = askedOf(id);
      const cases: readonly Case[] = asked?.kind === 'cases' ? asked.of(SUBJECTS) : [];

      expect(asked?.kind === 'cases' ? cases.length : 1).toBeGreaterThan(0);
      for (const { params = {}, query = {} } of cases) {
        expect(route.params.safeParse(params), JSON.stringify(params)).toMatchObject({ success: true });
        expect(route.query.safeParse(textsOf(query)), JSON.stringify(query)).toMatchObject({ success: true });
        // A word that the route does not know would be dropped in silence, and the plain list be measured instead.
        expect('shape' in route.query ? Object.keys(Object(route.query.shape)) : []).toEqual(
          expect.arrayContaining(Object.keys(query)),
        );
      }
    },
  );

  it('knows nothing of a route that there is not', () => {
    expect(askedOf('asset.dance')).toBeUndefined();
  });
});

/** As they come out of an address. */
function textsOf(query: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

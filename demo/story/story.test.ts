import { ROOMS } from '@patchsteward/core/campaign';
import { ROLES } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { CAMPAIGNS } from './campaigns.ts';
import { fleetOf, TEAMS } from './fleet.ts';
import { PEOPLE, ROOT_SIGNERS } from './people.ts';
import { BATCHES_HOURS_AGO, UPDATES } from './updates.ts';

describe('the fleet of the demo', () => {
  const fleet = fleetOf();

  it('has 200 hosts with names of their own', () => {
    expect(fleet).toHaveLength(200);
    expect(new Set(fleet.map(({ name }) => name)).size).toBe(200);
  });

  it('has a test ring for every team that is judged, and pairs only in production', () => {
    for (const { scope, ring } of TEAMS) expect(ring > 0).toBe(scope.startsWith('debian'));
    expect(fleet.filter(({ ring, redundancyGroups }) => ring && redundancyGroups.length > 0)).toEqual([]);
  });

  it('has hosts that fell silent, none of them in a test ring', () => {
    const silent = fleet.filter((host) => host.silent);

    expect(silent.length).toBeGreaterThan(0);
    expect(silent.filter(({ ring }) => ring)).toEqual([]);
  });

  it('is smaller where less is asked for, with every ring whole', () => {
    const small = fleetOf(0.1);

    expect(small.length).toBeLessThan(fleet.length / 2);
    expect(small.filter(({ ring }) => ring)).toHaveLength(fleet.filter(({ ring }) => ring).length);
  });
});

describe('the people of the demo', () => {
  it('are at least one for each role, and two who sign the root', () => {
    expect(new Set(PEOPLE.flatMap(({ roles }) => [...roles]))).toEqual(new Set(ROLES));
    expect(PEOPLE.filter(({ login }) => (ROOT_SIGNERS as readonly string[]).includes(login))).toHaveLength(2);
  });

  it('come in the order in which a trust root lists them', () => {
    const logins = PEOPLE.map(({ login }) => login);

    expect(logins).toEqual(logins.toSorted());
  });
});

describe('the updates of the demo', () => {
  it('say by their numbers that they are invented', () => {
    for (const { advisory } of UPDATES) {
      expect(advisory?.id ?? 'DSA-9001-1').toMatch(/^DSA-90\d\d-1$/);
      for (const cve of advisory?.cves ?? []) expect(cve).toMatch(/^CVE-2099-\d+$/);
    }
    const cves = UPDATES.flatMap(({ advisory }) => advisory?.cves ?? []);
    expect(new Set(cves).size).toBe(cves.length);
  });

  it('belong to a team that has the release and the package', () => {
    for (const { role, scope, source } of UPDATES) {
      const found = TEAMS.find((team) => team.role === role);
      expect([source, found?.scope, found?.packages.includes(source)]).toEqual([source, scope, true]);
    }
  });
});

describe('the campaigns of the demo', () => {
  it('are meant to stand in every room', () => {
    expect(new Set(CAMPAIGNS.map(({ room }) => room))).toEqual(new Set(ROOMS));
  });

  it.each(CAMPAIGNS)('$source finds its update and its hosts, and is opened after its release', (campaign) => {
    const update = UPDATES.find(({ source }) => source === campaign.source);
    const team = TEAMS.find(({ role }) => role === update?.role);

    expect(update?.releasedHoursAgo).toBeGreaterThan(campaign.openedHoursAgo);
    expect(BATCHES_HOURS_AGO).toContain(update?.releasedHoursAgo);
    expect((team?.hosts ?? 0) - (team?.ring ?? 0)).toBeGreaterThanOrEqual(campaign.production);
    expect(campaign.openedHoursAgo).toBeGreaterThan(campaign.provedHoursAgo);
  });

  it('leave something to be adopted', () => {
    const adopted = new Set(CAMPAIGNS.map(({ source }) => source));

    expect(UPDATES.filter(({ source }) => !adopted.has(source)).length).toBeGreaterThan(0);
  });
});

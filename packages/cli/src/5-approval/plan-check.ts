import type {
  Campaign,
  CampaignFeasibility,
  FreezeBody,
  FreezeCalendar,
  MaintenanceGroup,
} from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import {
  checkSignable,
  compileOpenings,
  type Freeze,
  type Interval,
  type SignableFacts,
} from '@patchsteward/core/plan';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import { plainText } from '../platform/text.ts';
import type { LoadedPlan } from './plan-load.ts';

/** What a second reading of the plan found, in a line of what is shown. */
export type PlanReading = 'holds' | 'policy-changed' | 'not-read';

/** As far as windows are compiled; no authority lasts as long. */
const SPAN_MS_MAX = 700 * DAY_MS;
/** A window may begin a week before a start in it, and work goes on after the last. */
const AROUND_MS = 8 * DAY_MS;
/** Faults that are told; one is enough to sign nothing. */
const FAULTS_TOLD = 5;

/**
 * Reads a production plan a second time, on the machine of whoever signs: its times against the windows and freezes of the
 * groups as they are now, by the rules of zones here, its waves against the scope of the campaign. What does not hold is
 * never signed. // rollout-and-trust §3.4
 */
export async function readAgain(client: Client, campaign: Campaign, loaded: LoadedPlan): Promise<PlanReading> {
  const { body, leaves } = loaded;
  if (body.kind !== 'production') return 'not-read';
  const { hash, policy } = await client('policy.show', {});
  // Other figures than it was made by say nothing about it.
  if (hash !== body.policyHash) return 'policy-changed';
  const { feasibility } = await client('campaign.feasibility', { params: { id: campaign.id } });
  const facts: SignableFacts = {
    policy,
    assets: assetsOf(campaign, feasibility),
    windows: await windowsOf(client, spanOf(loaded)),
    due: campaign.lane === body.lane && campaign.due !== null ? Date.parse(campaign.due) : null,
  };
  const faults = checkSignable({ body, leaves }, facts);
  if (faults.length === 0) return 'holds';
  const names = new Map(campaign.scope.map(({ id, name }) => [id, name]));
  const told = faults
    .slice(0, FAULTS_TOLD)
    .map(({ code, subject }) => `${code} (${plainText(names.get(subject) ?? subject)})`);
  throw new Failure(
    `the plan does not hold against what its hosts, groups and freezes are now: ${told.join(', ')}`,
    'sign nothing: where windows changed a moment ago the server compiles another plan; otherwise tell Security',
  );
}

function assetsOf({ scope }: Campaign, feasibility: CampaignFeasibility | null): SignableFacts['assets'] {
  const single = feasibility?.extraordinary ?? [];
  return scope.map(({ id, criticality, environment, maintenanceGroup, redundancyGroups }) => ({
    ...{ assetId: id, criticality, environment, maintenanceGroup, redundancyGroups },
    extraordinary: single.filter(({ assets }) => assets.includes(id)).map(intervalOf),
  }));
}

function spanOf({ body, leaves }: LoadedPlan): Interval {
  const starts = leaves.flatMap(({ intervals }) => intervals.map(({ from }) => from));
  const from = starts.reduce((first, start) => Math.min(first, start), body.notAfter) - AROUND_MS;
  return { from, until: Math.min(body.notAfter + AROUND_MS, from + SPAN_MS_MAX) };
}

async function windowsOf(client: Client, { from, until }: Interval): Promise<SignableFacts['windows']> {
  const { items: groups } = await readPages(
    (query) => client('group.list', { query }),
    itemsMaxOf({ all: true }),
    () => {},
  );
  const { items: calendars } = await client('freeze.list', {});
  const compiled = ({ name, zone, windows }: MaintenanceGroup): [string, Interval[]] => {
    const freezes = freezesOf(calendars, name);
    return [name, compileOpenings({ windows, freezes }, zoneTable(zone, from, until), from, until)];
  };
  return Object.fromEntries(groups.map(compiled));
}

function freezesOf(calendars: readonly FreezeCalendar[], group: string): Freeze[] {
  const holding = calendars.filter(({ groups }) => groups === null || groups.includes(group));
  return holding.flatMap(({ freezes }) => freezes.map(({ freeze }) => freezeOf(freeze)));
}

function freezeOf(freeze: FreezeBody): Freeze {
  return freeze.kind === 'local' ? freeze : { kind: 'instants', ...intervalOf(freeze) };
}

function intervalOf({ from, until }: { readonly from: string; readonly until: string }): Interval {
  return { from: Date.parse(from), until: Date.parse(until) };
}

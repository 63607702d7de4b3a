import type { MaintenancePlanChange } from '@patchsteward/contract';
import { nextTurns } from '@patchsteward/core/plan';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { isZone } from '@patchsteward/standards/zones';
import { allGroups } from '../../6-deployment/group-store.ts';
import { plainJson } from '../../platform/column-types.ts';
import type { Actor, Corridor, NewLeaf } from '../../platform/corridor.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { Refusal } from '../../platform/http/refusal.ts';
import { sameJson } from '../../platform/same-json.ts';
import { clocksOf, followTurns, TURN_OPENS, timerOf } from './follow.ts';
import { deletePlan, insertPlan, lockPlan, type PlanRow, updatePlan } from './plan-store.ts';

export interface PlanParts {
  readonly corridor: Corridor;
  readonly policy: Policy;
}

interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

/** Makes or changes a plan; turns that have come until now are told by what it was. */
export async function setPlan(
  { corridor, policy }: PlanParts,
  name: string,
  wished: MaintenancePlanChange,
  by: By,
): Promise<void> {
  await corridor.change(by, async (tx) => {
    const before = await lockPlan(tx, name);
    if ((before?.version ?? 0) !== wished.version) throw seenOther(name, before?.version ?? 0, wished.version);
    await refuseUnknown(tx, wished);
    const { leaves, followed } =
      before === undefined ? { leaves: [], followed: null } : await followTurns(tx, policy, before, by.at);
    const after = changed(name, wished, followed, by.at);
    if (followed !== null && sameJson(saidOf(followed), saidOf(after))) return { value: undefined, leaves };
    if (nextTurns(after, clocksOf(after, by.at), by.at, 1).length === 0) throw noTurnLeft();
    if (followed !== null) await updatePlan(tx, after);
    else if (!(await insertPlan(tx, after))) throw seenOther(name, 1, 0);
    const payload = {
      version: after.version,
      before: before === undefined ? null : saidOf(before),
      after: saidOf(after),
    };
    const leaf = planLeaf('changed', name, payload);
    return { value: undefined, leaves: [...leaves, leaf], timers: [timerOf(after)] };
  });
}

export async function removePlan({ corridor }: PlanParts, name: string, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    const plan = await lockPlan(tx, name);
    if (plan === undefined) throw noSuchPlan(name);
    await deletePlan(tx, name);
    return {
      value: undefined,
      leaves: [planLeaf('removed', name, { version: plan.version, before: saidOf(plan) })],
      timers: [{ kind: TURN_OPENS, subject: name, due: null }],
    };
  });
}

/** `why`: null resumes it. */
export async function pausePlan(
  { corridor, policy }: PlanParts,
  name: string,
  { why, login }: { readonly why: string | null; readonly login: string },
  by: By,
): Promise<void> {
  await corridor.change(by, async (tx) => {
    const plan = await lockPlan(tx, name);
    if (plan === undefined) throw noSuchPlan(name);
    if ((plan.paused === null) === (why === null)) {
      throw new Refusal(
        'conflict',
        `The maintenance plan ${name} is ${why === null ? 'not paused' : 'paused already'}.`,
      );
    }
    const { leaves, followed } = await followTurns(tx, policy, plan, by.at);
    await updatePlan(tx, { ...followed, paused: why === null ? null : { at: by.at, by: login, why } });
    const leaf = why === null ? planLeaf('resumed', name, {}) : planLeaf('paused', name, { why });
    return { value: undefined, leaves: [...leaves, leaf], timers: [timerOf(followed)] };
  });
}

function changed(name: string, wished: MaintenancePlanChange, before: PlanRow | null, now: Instant): PlanRow {
  const { groups, zone, rule, leadDays, opensAt, asked, version } = wished;
  return {
    ...{ name, zone, rule, leadDays, opensAt, version: version + 1 },
    groups: [...new Set(groups)].sort(),
    asked: [...new Set(asked)].sort(),
    followedUntil: before?.followedUntil ?? now,
    paused: before?.paused ?? null,
  };
}

async function refuseUnknown(tx: Tx, { zone, groups, asked }: MaintenancePlanChange): Promise<void> {
  if (!isZone(zone)) throw unknown('zone', `There is no zone ${zone}.`, 'an IANA name, as in Europe/Berlin or UTC');
  const known = new Set((await allGroups(tx)).map(({ name }) => name));
  const missing = groups.filter((group) => !known.has(group));
  if (missing.length > 0) {
    throw unknown('groups', `There is no maintenance group ${missing.join(', ')}.`, 'groups that there are');
  }
  const strangers = await unknownPeople(tx, asked);
  if (strangers.length > 0) {
    throw unknown('asked', `There is nobody with the login ${strangers.join(', ')}.`, 'logins of people');
  }
}

async function unknownPeople(reader: Reader, logins: readonly string[]): Promise<string[]> {
  if (logins.length === 0) return [];
  const rows = await reader
    .selectFrom('access.person')
    .select('login')
    .where('login', 'in', logins)
    .where('disabled_at', 'is', null)
    .execute();
  return logins.filter((login) => !rows.some((row) => row.login === login));
}

function unknown(field: string, message: string, wanted: string): Refusal {
  return new Refusal('bad-request', message, { details: [{ path: `body.${field}`, problem: `must be ${wanted}` }] });
}

function noTurnLeft(): Refusal {
  return new Refusal('bad-request', 'No turn of this plan is still to come.', {
    details: [{ path: 'body.rule', problem: 'must have a turn that opens after now' }],
  });
}

function seenOther(name: string, version: number, seen: number): Refusal {
  return new Refusal(
    'conflict',
    `The maintenance plan ${name} is at version ${version}, the change was made for version ${seen}.`,
  );
}

export function noSuchPlan(name: string): Refusal {
  return new Refusal('not-found', `There is no maintenance plan ${name}.`);
}

function planLeaf(what: string, name: string, payload: object): NewLeaf {
  return { kind: `maintenance-plan.${what}`, subject: name, payload: plainJson(payload) };
}

/** What people said of it. */
function saidOf({ groups, zone, rule, leadDays, opensAt, asked }: PlanRow) {
  return { groups, zone, rule, leadDays, opensAt, asked };
}

import type { CycleRuleBody, MaintenancePlan, MaintenancePlanChange, WeekdayText } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';

const words = strings.maintenance;
const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DAYS_MAX = 27;
export const MONTHS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

type Nth = Extract<CycleRuleBody, { kind: 'monthly' }>['nth'];
/** What a choice of the browser holds is text. */
const NTHS: Readonly<Record<`${Nth}`, Nth>> = { 1: 1, 2: 2, 3: 3, 4: 4, last: 'last' };

/** A plan as its form holds it, whatever its kind of cycle: who changes the kind and back finds what they typed. */
export interface PlanDraft {
  readonly name: string;
  readonly groups: readonly string[];
  readonly kind: CycleRuleBody['kind'];
  readonly nth: `${Nth}`;
  readonly weekday: WeekdayText;
  readonly offsetDays: string;
  readonly months: readonly number[];
  readonly dates: string;
  readonly zone: string;
  readonly leadDays: string;
  readonly opensAt: string;
  readonly asked: string;
}

/** Most vendors publish on the second Tuesday. */
const USUAL: Omit<PlanDraft, 'zone'> = {
  ...{ name: '', groups: [], kind: 'monthly', nth: '2', weekday: 'tue', offsetDays: '0', months: MONTHS, dates: '' },
  ...{ leadDays: '7', opensAt: '09:00', asked: '' },
};

export function planDraft(plan: MaintenancePlan | undefined, zone: string): PlanDraft {
  if (plan === undefined) return { ...USUAL, zone };
  const { name, groups, leadDays, opensAt, asked } = plan;
  return {
    ...USUAL,
    ...{
      name,
      groups: [...groups].sort(),
      zone: plan.zone,
      leadDays: String(leadDays),
      opensAt,
      asked: asked.join(', '),
    },
    ...ruleDraft(plan.rule),
  };
}

function ruleDraft(rule: CycleRuleBody): Partial<PlanDraft> {
  switch (rule.kind) {
    case 'weekly':
      return rule;
    case 'monthly':
      return { ...rule, nth: `${rule.nth}`, offsetDays: String(rule.offsetDays) };
    case 'announced':
      return { kind: rule.kind, dates: rule.dates.join(', ') };
  }
}

export function planChange(version: number, draft: PlanDraft): MaintenancePlanChange {
  const { groups, zone, leadDays, opensAt, asked } = draft;
  return {
    ...{ version, groups: [...groups], rule: ruleBody(draft), zone: zone.trim(), leadDays: Number(leadDays), opensAt },
    asked: itemsOf(asked),
  };
}

function ruleBody({ kind, nth, weekday, offsetDays, months, dates }: PlanDraft): CycleRuleBody {
  switch (kind) {
    case 'weekly':
      return { kind, weekday };
    case 'monthly':
      return { kind, nth: NTHS[nth], weekday, offsetDays: Number(offsetDays), months: [...months] };
    case 'announced':
      return { kind, dates: itemsOf(dates) };
  }
}

/** Why it cannot be saved, as a person reads it; null: it can. */
export function planProblem(draft: PlanDraft): string | null {
  if (!NAME.test(draft.name)) return words.nameWrong;
  if (draft.groups.length === 0) return words.groupsNeeded;
  const cycle = cycleProblem(draft);
  if (cycle !== null) return cycle;
  if (draft.zone.trim() === '') return words.zoneNeeded;
  if (!/^\d{1,2}$/.test(draft.leadDays) || Number(draft.leadDays) > DAYS_MAX) return words.leadWrong;
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(draft.opensAt) ? null : words.opensWrong;
}

function cycleProblem({ kind, offsetDays, months, dates }: PlanDraft): string | null {
  switch (kind) {
    case 'weekly':
      return null;
    case 'monthly':
      if (!/^[+-]?\d{1,2}$/.test(offsetDays) || Math.abs(Number(offsetDays)) > DAYS_MAX) return words.offsetWrong;
      return months.length === 0 ? words.monthsNeeded : null;
    case 'announced': {
      const items = itemsOf(dates);
      return items.length > 0 && items.every((item) => DATE.test(item)) ? null : words.datesWrong;
    }
  }
}

function itemsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}

/** As people say it: `Second Tuesday of the month, in Jan, Apr, Jul, Oct`. */
export function cycleWords(rule: CycleRuleBody): string {
  switch (rule.kind) {
    case 'weekly':
      return words.everyWeek(strings.groups.weekdays[rule.weekday]);
    case 'monthly': {
      const { nth, weekday, offsetDays, months } = rule;
      const day = strings.groups.nthDay(strings.groups.nths[nth], strings.groups.weekdays[weekday], offsetDays);
      if (months.length === MONTHS.length) return day;
      return words.inMonths(day, months.map((month) => words.monthNames[month - 1]).join(', '));
    }
    case 'announced':
      return words.announcedOn(rule.dates.join(', '));
  }
}

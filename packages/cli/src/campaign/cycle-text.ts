import type { CycleRuleBody } from '@patchsteward/contract';
import { dayRuleOf, dayRuleText } from '../6-deployment/window-text.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export const CYCLE_FORMS =
  'It must be "2nd tue" every month (also "2nd tue +1", a day after; 1st, 3rd, 4th, last), "3rd tue jan,apr,jul,oct" in ' +
  'these months, "mon" every week, or the days that a vendor announces: "2026-12-12,2027-02-13".';

/** A cycle as it is typed: `2nd tue +1`, `3rd tue jan,apr,jul,oct`, `mon`, `2026-12-12,2027-02-13`; undefined: it is none. */
export function cycleOf(text: string): CycleRuleBody | undefined {
  const words = text.trim().toLowerCase().split(/\s+/);
  const dates = announcedOf(words);
  if (dates !== undefined) return { kind: 'announced', dates };
  const months = monthsOf(words.at(-1) ?? '');
  const rule = dayRuleOf(months === undefined ? words : words.slice(0, -1));
  if (rule?.kind === 'monthly') return { ...rule, months: months ?? MONTHS.map((_, index) => index + 1) };
  return rule?.kind === 'weekly' && months === undefined ? rule : undefined;
}

function announcedOf(words: readonly string[]): string[] | undefined {
  const dates = words.flatMap((word) => word.split(',')).filter((date) => date !== '');
  return dates.length > 0 && dates.every((date) => /^\d{4}-\d\d-\d\d$/.test(date)) ? dates : undefined;
}

/** In their order; undefined where a word is no list of months. */
function monthsOf(word: string): number[] | undefined {
  const places = word.split(',').map((name) => MONTHS.indexOf(name) + 1);
  return places.includes(0) ? undefined : [...new Set(places)].sort((a, b) => a - b);
}

/** As it is typed, so that what is read here can be typed again. */
export function cycleText(rule: CycleRuleBody): string {
  switch (rule.kind) {
    case 'weekly':
      return dayRuleText(rule);
    case 'monthly': {
      const months = rule.months.map((month) => MONTHS[month - 1] ?? '');
      return `${dayRuleText(rule)}${months.length === MONTHS.length ? '' : ` ${months.join(',')}`}`;
    }
    case 'announced':
      return rule.dates.join(',');
  }
}

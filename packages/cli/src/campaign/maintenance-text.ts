import type { MaintenancePlan, MaintenanceTurn, MaintenanceTurnSummary } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted, listed } from '../platform/words.ts';
import { cycleText } from './cycle-text.ts';

/** Lines of a list of updates; --json has all of them. */
const UPDATES_TOLD = 30;

/** `2026-12-08, opens 2026-12-01 08:00 UTC` */
export function nextText({ next: [first], paused }: MaintenancePlan): string {
  if (paused !== null) return 'paused';
  return first === undefined ? 'none: announce the next day' : `${first.day}, opens ${momentText(first.opensAt)}`;
}

export function waitingText({ waiting }: MaintenancePlan): string {
  return waiting === null ? '-' : `${waiting.day}: ${counted(waiting.updates, 'update')}`;
}

/** All that a person needs to know of a plan. */
export function planText(plan: MaintenancePlan, title: string): string {
  const { zone, rule, leadDays, opensAt, groups, assets, asked, paused, next, name, waiting } = plan;
  const lines = [
    title,
    `  cycle    ${cycleText(rule)}, opens ${counted(leadDays, 'day')} before at ${opensAt} ${plainText(zone)}`,
    `  groups   ${listed(groups.map(plainText))}: ${counted(assets, 'asset')}`,
    `  asks     ${asked.length === 0 ? 'whoever may open campaigns' : listed(asked.map(plainText))}`,
    ...(paused === null
      ? []
      : [`  paused   by ${plainText(paused.by)} at ${momentText(paused.at)}: ${plainText(paused.why)}`]),
    ...next.map((turn) => `  next     ${turn.day}, opens ${momentText(turn.opensAt)}`),
    ...(next.length === 0 ? ['  next     none: every announced day is over'] : []),
    ...(waiting === null
      ? []
      : [`  waits    ${waiting.day} with ${counted(waiting.updates, 'update')}: ${takeLine(name)}`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function takeLine(name: string): string {
  return `patchsteward maintenance take ${name}, or dismiss ${name} --why …`;
}

const STATES: Readonly<Record<MaintenanceTurn['state'], string>> = {
  proposed: 'waits for an answer',
  taken: 'taken',
  dismissed: 'dismissed',
  lapsed: 'nobody answered before the next',
  empty: 'nothing was offered',
  missed: 'no server ran, and a later one had come',
  paused: 'the plan was paused',
};

/** One turn and what became of it; the updates of the one that waits. */
export function turnText(turn: MaintenanceTurnSummary, waiting: MaintenanceTurn | null): string {
  const { day, state, decided, campaign } = turn;
  const who =
    decided === null ? '' : ` by ${plainText(decided.by)}${decided.why === null ? '' : `: ${plainText(decided.why)}`}`;
  const lines = [
    `${day}  ${STATES[state]}${who}${campaign === null ? '' : `, campaign ${campaign}`}`,
    ...(day === waiting?.day ? updateLines(waiting.updates) : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function updateLines(updates: MaintenanceTurn['updates']): string[] {
  const more = updates.length - UPDATES_TOLD;
  return [
    ...updates.slice(0, UPDATES_TOLD).map(updateLine),
    ...(more > 0 ? [`  and ${more} more; --json has them`] : []),
  ];
}

function updateLine({ scope, source, sourceVersion, assets, standing }: MaintenanceTurn['updates'][number]): string {
  const named = `${plainText(scope)}/${plainText(source)} ${plainText(sourceVersion)}`;
  return `  ${named} on ${counted(assets, 'asset')}${standingText(standing)}`;
}

function standingText(standing: MaintenanceTurn['updates'][number]['standing']): string {
  switch (standing?.kind) {
    case undefined:
    case 'offered':
      return '';
    case 'replaced':
      return `; ${plainText(standing.sourceVersion)} is offered by now and would be taken`;
    case 'in-campaign':
      return `; left out, campaign ${standing.campaign} has it`;
    case 'urgent':
      return '; left out, it became urgent and has a proposal of its own';
    case 'gone':
      return '; left out, it is not offered any more';
  }
}

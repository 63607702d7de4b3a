import type { Overview } from '@patchsteward/contract';
import type { ComponentType } from 'react';
import { ClockIcon, InboxIcon, PhasedIcon, RunningIcon } from '../parts/icons.ts';
import { numberText, strings } from '../platform/strings.ts';

const words = strings.overview.counts;

interface Counter {
  readonly part: keyof typeof words;
  readonly count: number;
  readonly icon: ComponentType;
  /** What it looks like while there is something; nothing looks calm. */
  readonly tone: 'info' | 'danger' | 'warning' | 'good';
}

/** The answer to the first look; each leads to its part of the screen. */
export function Counters({ overview }: { readonly overview: Overview }) {
  const { needsMe, care, late, stopped, running } = overview;
  const counters: readonly Counter[] = [
    {
      part: 'needs',
      count: needsMe.reduce((sum, { total }) => sum + total, care.length),
      icon: InboxIcon,
      tone: 'info',
    },
    { part: 'late', count: late.total, icon: ClockIcon, tone: 'danger' },
    { part: 'stopped', count: stopped.total, icon: PhasedIcon, tone: 'warning' },
    { part: 'running', count: running.total, icon: RunningIcon, tone: 'good' },
  ];
  return (
    <ul className="ps-counters">
      {counters.map(({ part, count, icon: Icon, tone }) => (
        <li key={part}>
          <a href={`#${part}`} className={`ps-counter ps-counter-${count === 0 ? 'none' : tone}`}>
            <Icon />
            <span className="ps-counter-figure">{numberText(count)}</span>
            <span>{words[part]}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

import type { ReactNode } from 'react';
import { ClockIcon, DangerIcon, GoodIcon, WarningIcon } from './icons.ts';

const ICONS = { waiting: ClockIcon, good: GoodIcon, warning: WarningIcon, danger: DangerIcon } as const;

interface VerdictProps {
  readonly tone: keyof typeof ICONS;
  readonly title: string;
  readonly children?: ReactNode;
}

/** What came of a check, in one sentence, and what follows from it. */
export function Verdict({ tone, title, children }: VerdictProps) {
  const Icon = ICONS[tone];
  return (
    <div className={`ps-verdict ps-verdict-${tone}`} role="status">
      <Icon />
      <div>
        <p className="ps-verdict-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

import type { CampaignSummary } from '@patchsteward/contract';
import type { ComponentType } from 'react';
import { ClockIcon, GoodIcon, PhasedIcon, RunningIcon } from '../parts/icons.ts';
import { Tag, type Tone } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

type Verdict = CampaignSummary['verdict'];

const MARKS = {
  proceed: { tone: 'info', icon: RunningIcon },
  wait: { tone: 'plain', icon: ClockIcon },
  stop: { tone: 'danger', icon: PhasedIcon },
  ended: { tone: 'good', icon: GoodIcon },
} as const satisfies Record<Verdict, { tone: Tone; icon: ComponentType }>;

/** The last word of the room in which a campaign stands. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { tone, icon } = MARKS[verdict];
  return (
    <Tag tone={tone} icon={icon}>
      {strings.board.verdict[verdict]}
    </Tag>
  );
}

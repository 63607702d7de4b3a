import type { CampaignSummary } from '@patchsteward/contract';
import type { ComponentType } from 'react';
import { DangerIcon, GoodIcon, NotJudgedIcon, PhasedIcon } from '../parts/icons.ts';
import { Tag, type Tone } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

type Verdict = CampaignSummary['verdict'];

const LOOKS = {
  proceed: { tone: 'good', icon: GoodIcon },
  wait: { tone: 'info', icon: PhasedIcon },
  stop: { tone: 'danger', icon: DangerIcon },
  ended: { tone: 'plain', icon: NotJudgedIcon },
} as const satisfies Record<Verdict, { readonly tone: Tone; readonly icon: ComponentType }>;

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { tone, icon } = LOOKS[verdict];
  return (
    <Tag tone={tone} icon={icon}>
      {strings.campaign.verdict[verdict]}
    </Tag>
  );
}

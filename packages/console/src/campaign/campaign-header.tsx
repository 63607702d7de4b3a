import type { Campaign } from '@patchsteward/contract';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock, Due } from '../parts/clock.tsx';
import { CannotBeMetTag, LaneTag } from '../parts/risk.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { numberText, strings } from '../platform/strings.ts';
import { VerdictMark } from './verdict-mark.tsx';
import { stateName } from './words-of.ts';

const words = strings.campaign;

const STATE_TONES: Readonly<Record<string, Tone>> = {
  halted: 'danger',
  paused: 'warning',
  quarantined: 'danger',
  'rolling-back': 'warning',
  completed: 'good',
  'completed-with-exceptions': 'warning',
};

/** Where it stands, in one sentence: why, who can move it, by when. */
export function CampaignHeader({ campaign }: { readonly campaign: Campaign }) {
  const { state, lane, due, late, cannotBeMet, requester, assets, releasedAt, openedAt, verdict, sentence } = campaign;
  return (
    <>
      <p className="ps-tags ps-campaign-marks">
        <VerdictMark verdict={verdict} />
        <Tag tone={STATE_TONES[state] ?? 'plain'}>{stateName(state)}</Tag>
        {lane !== null && <LaneTag lane={lane} />}
        {cannotBeMet && <CannotBeMetTag />}
      </p>
      <p className={`ps-sentence ps-sentence-${verdict}`}>{sentence}</p>
      <dl className="ps-facts" aria-label={words.facts.label}>
        <Fact term={words.facts.due} missing={due === null}>
          {due === null ? words.facts.noDue : <Due due={due} late={late} />}
        </Fact>
        <Fact term={words.facts.requester}>{requester}</Fact>
        <Fact term={words.facts.assets}>{numberText(assets)}</Fact>
        <Fact term={words.facts.released}>
          <Clock at={releasedAt} form="relative" />
        </Fact>
        <Fact term={words.facts.opened}>
          <Clock at={openedAt} form="relative" />
        </Fact>
      </dl>
    </>
  );
}

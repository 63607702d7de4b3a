import type { OverviewCampaign } from '@patchsteward/contract';
import type { ReactNode } from 'react';
import { AddressLink } from '../parts/address-link.tsx';
import { Clock, Due } from '../parts/clock.tsx';
import { CannotBeMetTag, LaneTag } from '../parts/risk.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.overview;

interface CampaignLineProps {
  readonly campaign: OverviewCampaign;
  readonly children?: ReactNode;
}

/** A campaign, why it is named here, and until when. */
export function CampaignLine({ campaign, children }: CampaignLineProps) {
  const { id, title, lane, due, late, cannotBeMet, why, by } = campaign;
  return (
    <li>
      <div className="ps-overview-head">
        <AddressLink to={`/campaigns/${id}`} className="ps-row-link">
          {title}
        </AddressLink>
        {lane !== null && <LaneTag lane={lane} />}
        {cannotBeMet && <CannotBeMetTag />}
        {due !== null && <Due due={due} late={late} inRow />}
      </div>
      <p>
        {why}
        {by !== null && by !== due && (
          <span className="ps-subtle">
            {' '}
            ({words.until} <Clock at={by} form="exact" inRow />)
          </span>
        )}
      </p>
      {children}
    </li>
  );
}

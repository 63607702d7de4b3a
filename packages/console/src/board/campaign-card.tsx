import type { CampaignSummary } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { Due } from '../parts/clock.tsx';
import { CannotBeMetTag, LaneTag } from '../parts/risk.tsx';
import { strings } from '../platform/strings.ts';
import { VerdictMark } from './verdict-mark.tsx';

const words = strings.board;

interface CampaignCardProps {
  readonly campaign: CampaignSummary;
  readonly column: number;
  readonly row: number;
}

/** A campaign on the board: what, how urgent, whether it goes on, and what it waits for. */
export function CampaignCard({ campaign, column, row }: CampaignCardProps) {
  const { id, title, lane, due, late, cannotBeMet, verdict, sentence, assets, requester } = campaign;
  return (
    <li className={`ps-board-card ps-board-card-${verdict}`}>
      <AddressLink to={`/campaigns/${id}`} className="ps-row-link" data-place={`${column} ${row}`}>
        {title}
      </AddressLink>
      <span className="ps-tags">
        <VerdictMark verdict={verdict} />
        {lane !== null && <LaneTag lane={lane} />}
        {cannotBeMet && <CannotBeMetTag />}
      </span>
      {due === null ? <span className="ps-subtle ps-small">{words.noDue}</span> : <Due due={due} late={late} inRow />}
      <p className="ps-board-why">{sentence}</p>
      <span className="ps-subtle ps-small">
        {words.assets(assets)} · {words.requester(requester)}
      </span>
    </li>
  );
}

import type { Campaign } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { ButtonLink } from '../parts/button-link.tsx';
import { DangerIcon } from '../parts/icons.ts';
import { useForbidden, useSession } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { type Act, type Offer, offersOf, UNASKED_ACTS, wantsDecision } from './acts.ts';
import { useCampaignAddress } from './use-campaign-address.ts';
import { roleName } from './words-of.ts';

const words = strings.campaign;

/** What can be done now. Halt is always in the same place, and on a phone within reach of the thumb. */
export function CampaignActions({ campaign }: { readonly campaign: Campaign }) {
  const { put } = useCampaignAddress();
  const forbidden = useForbidden('operator');
  const halted = campaign.state === 'halted' ? words.act.stopped : null;
  const plan = campaign.plans.production;
  const open = (act: Act) => () => put({ act });

  return (
    <div className="ps-campaign-actions">
      {!campaign.ended && offersOf(campaign).map((offer) => <OfferButton key={offer.act} offer={offer} />)}
      {!campaign.ended && plan !== null && wantsDecision(campaign) && (
        <ButtonLink to="/inbox/$plan" params={{ plan }}>
          {words.inbox}
        </ButtonLink>
      )}
      {!campaign.ended && (
        <Action disabledReason={forbidden} onAct={open('withdraw')}>
          {words.act.withdraw}
        </Action>
      )}
      {!campaign.ended && isOut(campaign) && (
        <Action disabledReason={null} onAct={open('rollback')}>
          {words.act.rollback}
        </Action>
      )}
      {!campaign.ended && <Unasked onAct={open} />}
      <span className="ps-campaign-reports">
        <a href={`/api/v1/campaigns/${campaign.id}/report.html`} target="_blank" rel="noreferrer">
          {words.report.page}
        </a>
        <a href={`/api/v1/campaigns/${campaign.id}/report`} download={`patchsteward-report-${campaign.id}.json`}>
          {words.report.json}
        </a>
      </span>
      {!campaign.ended && (
        <div className="ps-halt">
          <Action variant="danger" icon={<DangerIcon />} disabledReason={halted ?? forbidden} onAct={open('halt')}>
            {words.act.halt}
          </Action>
        </div>
      )}
    </div>
  );
}

/** What nobody is asked for: folded away, since tired people look for what they are asked. */
function Unasked({ onAct }: { readonly onAct: (act: Act) => () => void }) {
  return (
    <details className="ps-unasked">
      <summary>{words.act.unasked}</summary>
      <div className="ps-unasked-acts">
        {UNASKED_ACTS.map((act) => (
          <Action key={act} disabledReason={null} onAct={onAct(act)}>
            {words.act[act]}
          </Action>
        ))}
      </div>
    </details>
  );
}

function OfferButton({ offer: { act, roles } }: { readonly offer: Offer }) {
  const { put } = useCampaignAddress();
  const own = useSession()?.person?.roles ?? [];
  const may = roles.length === 0 || own.some((role) => roles.includes(role));
  const reason = may ? null : words.act.needsRole(roles.map(roleName).join(strings.reason.or));
  return (
    <Action variant="primary" disabledReason={reason} onAct={() => put({ act })}>
      {words.act[act]}
    </Action>
  );
}

/** Something of it may be on hosts: then there is a way back to ask for. */
function isOut({ jobs, room }: Campaign): boolean {
  return Object.keys(jobs).length > 0 && (room === '6-deployment' || room === '7-documentation');
}

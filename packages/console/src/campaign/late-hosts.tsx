import type { Campaign, CampaignFeasibility } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Span } from '../5-approval/span.tsx';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Reasons } from '../parts/reason.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { ExtraordinaryForm } from './extraordinary-form.tsx';
import { campaignQuery, feasibilityQuery } from './queries.ts';

const words = strings.campaign.late;
type LateHost = CampaignFeasibility['late'][number];

/** Who has no window before the campaign is due, said from the first hour on, with three ways out. // SOP S1 */
export function LateHosts({ campaign }: { readonly campaign: Campaign }) {
  const { data } = useQuery({ ...feasibilityQuery(campaign.id), enabled: !campaign.ended });
  const found = data?.feasibility ?? null;
  if (found === null || (found.late.length === 0 && found.extraordinary.length === 0)) return null;
  return (
    <section className="ps-wave" aria-label={words.title}>
      <h2 className="ps-subtitle">
        {words.title} <span className="ps-count">{words.count(found.late.length, found.hosts)}</span>
      </h2>
      <p className="ps-subtle">
        {words.due} <Clock at={found.due} /> · {words.earliest} <Clock at={found.earliest} />
      </p>
      <ul className="ps-left-hosts">
        {found.late.map((host) => (
          <Host key={host.assetId} host={host} campaign={campaign} />
        ))}
      </ul>
      <Asked campaign={campaign} windows={found.extraordinary} />
    </section>
  );
}

function Host({ host, campaign }: { readonly host: LateHost; readonly campaign: Campaign }) {
  const [asking, setAsking] = useState(false);
  const forbidden = useForbidden('operator');
  const offer = host.offers.find((one) => one.kind === 'extraordinary-window');
  const [source] = campaign.updates.map((update) => update.source);
  return (
    <li>
      <Link to="/assets/$id" params={{ id: host.assetId }} className="ps-row-link">
        {host.asset}
      </Link>
      <Reasons title={words.why(host.asset)} reasons={host.reasons} />
      {host.first !== null && (
        <p className="ps-subtle">
          {words.first} <Span span={host.first} zone={host.zone} />
        </p>
      )}
      {offer !== undefined && (
        <p>
          {words.offer} <Span span={offer.span} zone={host.zone} />{' '}
          <Action small label={words.askFor(host.asset)} disabledReason={forbidden} onAct={() => setAsking(true)}>
            {words.ask}
          </Action>
        </p>
      )}
      <p className="ps-ask-link">
        <Link to="/exceptions/new" search={{ kind: 'mitigate', source, asset: host.assetId }}>
          {words.mitigate}
        </Link>{' '}
        ·{' '}
        <Link to="/exceptions/new" search={{ source, asset: host.assetId }}>
          {words.except}
        </Link>
      </p>
      {asking && offer !== undefined && (
        <ExtraordinaryForm campaign={campaign.id} host={host} span={offer.span} onClose={() => setAsking(false)} />
      )}
    </li>
  );
}

interface AskedProps {
  readonly campaign: Campaign;
  readonly windows: CampaignFeasibility['extraordinary'];
}

/** Times that somebody asked for; owners agree to them by signing the plan. */
function Asked({ campaign, windows }: AskedProps) {
  const queries = useQueryClient();
  const forbidden = useForbidden('operator');
  const names = new Map(campaign.scope.map(({ id, name }) => [id, name]));
  const remove = useMutation({
    mutationFn: (window: string) => call('extraordinary.remove', { params: { id: campaign.id, window } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey }),
  });
  if (windows.length === 0) return null;
  return (
    <>
      <h3>{words.asked}</h3>
      <ul className="ps-left-hosts">
        {windows.map(({ id, from, until, assets, why }) => (
          <li key={id}>
            <Clock at={from} form="exact" /> – <Clock at={until} form="exact" /> ·{' '}
            {assets.map((asset) => names.get(asset) ?? asset).join(', ')} · {why}{' '}
            <Action
              small
              disabledReason={forbidden}
              busy={remove.isPending ? words.removing : null}
              onAct={() => remove.mutate(id)}
            >
              {words.remove}
            </Action>
          </li>
        ))}
      </ul>
    </>
  );
}

import type { Campaign, CampaignPlan } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Reasons } from '../parts/reason.tsx';
import { strings } from '../platform/strings.ts';
import { remediesIn } from './remedies.ts';

const words = strings.campaign.plan;

interface LeftOutProps {
  readonly leftOut: CampaignPlan['leftOut'];
  readonly campaign: Campaign;
}

/** Hosts that the plan does nothing to. What is said of many is said once; reasons of something else stay with their host. */
export function LeftOut({ leftOut, campaign }: LeftOutProps) {
  if (leftOut.length === 0) return null;
  const remedyOf = remediesIn(campaign);
  const ofThemselves = leftOut.filter(isOfItself);
  const others = leftOut.filter((host) => !isOfItself(host));
  return (
    <section className="ps-wave" aria-label={words.leftOut}>
      <h2 className="ps-subtitle">
        {words.leftOut} <span className="ps-count">{words.waveHosts(leftOut.length)}</span>
      </h2>
      <Reasons title={words.leftOutWhy} reasons={ofThemselves.flatMap(({ reasons }) => reasons)} remedyOf={remedyOf} />
      {others.length > 0 && (
        <ul className="ps-left-hosts">
          {others.map(({ assetId, asset, reasons }) => (
            <li key={assetId}>
              <Link to="/assets/$id" params={{ id: assetId }} className="ps-row-link">
                {asset}
              </Link>
              {reasons.length === 0 && <span className="ps-subtle">{words.leftOutUnknown}</span>}
              <Reasons title={words.leftOutHost(asset)} reasons={reasons} remedyOf={remedyOf} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function isOfItself({ asset, reasons }: LeftOutProps['leftOut'][number]): boolean {
  return reasons.length > 0 && reasons.every(({ subject }) => subject === asset);
}

import type { OverviewCare, OverviewNeed } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { numberText, strings } from '../platform/strings.ts';
import { CampaignLine } from './campaign-line.tsx';

const words = strings.overview;

/** Where a thing that is wrong beside campaigns is mended. */
const CARE_PLACES = {
  'no-trust-root': '/trust',
  'feeds-not-fresh': '/feeds',
  'no-asset': '/enrollment',
  'assets-silent': '/assets?stale=yes',
  'support-ended': '/assets?support=ended,extended',
  'announcements-waiting': '/announcements',
  'severity-unknown': '/unknown-severities',
  'urgency-held': '/unknown-severities?state=held',
  'exceptions-waiting': '/exceptions?state=requested',
  'exceptions-ending': '/exceptions?state=standing',
} as const satisfies Record<OverviewCare['kind'], string>;

interface NeedsProps {
  readonly needs: readonly OverviewNeed[];
  readonly care: readonly OverviewCare[];
}

/** By what there is to do, since that is how work is taken up. */
export function Needs({ needs, care }: NeedsProps) {
  return (
    <div className="ps-needs">
      {needs.map(({ kind, total, items }) => (
        <section key={kind} className="ps-need">
          <h3>
            {words.need[kind]} <span className="ps-count">{numberText(total)}</span>
          </h3>
          <ul className="ps-overview-lines">
            {items.map((item) => (
              <CampaignLine key={item.id} campaign={item} />
            ))}
          </ul>
          {total > items.length && (
            <p className="ps-subtle">
              <AddressLink to="/campaigns?only=mine">{words.more(total - items.length)}</AddressLink>
            </p>
          )}
        </section>
      ))}
      {care.length > 0 && (
        <section className="ps-need">
          <h3>{words.careTitle}</h3>
          <ul className="ps-overview-lines">
            {care.map(({ kind, total }) => (
              <li key={kind} className="ps-care">
                <WarningIcon />
                <AddressLink to={CARE_PLACES[kind]}>{words.care[kind](total)}</AddressLink>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

import type { Overview } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { Tag } from '../parts/tag.tsx';
import { numberText, strings } from '../platform/strings.ts';
import { CampaignLine } from './campaign-line.tsx';

const words = strings.overview;

interface StandingProps {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  /** Where all of them are. */
  readonly more: string;
  readonly total: number;
  readonly items: Overview['late']['items'] | Overview['running']['items'];
}

/** Campaigns of which one thing is true. */
export function Standing({ id, title, none, more, total, items }: StandingProps) {
  return (
    <section aria-labelledby={id} className="ps-overview-part">
      <h2 id={id}>
        {title} {total > 0 && <span className="ps-count">{numberText(total)}</span>}
      </h2>
      {total === 0 && <p className="ps-subtle">{none}</p>}
      {items.length > 0 && (
        <ul className="ps-overview-lines">
          {items.map((item) => (
            <CampaignLine key={item.id} campaign={item}>
              {'jobs' in item && <Jobs jobs={item.jobs} />}
            </CampaignLine>
          ))}
        </ul>
      )}
      {total > items.length && (
        <p className="ps-subtle">
          <AddressLink to={more}>{words.more(total - items.length)}</AddressLink>
        </p>
      )}
    </section>
  );
}

function Jobs({ jobs }: { readonly jobs: Readonly<Record<string, number>> }) {
  const states = Object.entries(jobs);
  if (states.length === 0) return null;
  return (
    <span className="ps-tags">
      {states.map(([state, count]) => (
        <Tag key={state}>{words.jobs(count, state)}</Tag>
      ))}
    </span>
  );
}

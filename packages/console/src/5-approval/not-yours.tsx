import type { InboxItem } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';
import { DecisionLink } from './decision-link.tsx';

const words = strings.inbox;

/** What waits as well, and why whoever is signed in cannot decide it. */
export function NotYours({ items, total }: { readonly items: readonly InboxItem[]; readonly total: number }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={words.notYours}>
      <h2 className="ps-subtitle">{words.notYours}</h2>
      <p className="ps-lead">{words.notYoursLead}</p>
      <ul className="ps-not-yours">
        {items.map((item) => (
          <li key={item.id}>
            <DecisionLink item={item}>{words.kind[item.kind]}</DecisionLink>
            <span className="ps-second">{item.title}</span>
            <span>{item.barred?.sentence}</span>
          </li>
        ))}
      </ul>
      {total > items.length && <p className="ps-subtle">{words.notYoursMore(total - items.length)}</p>}
    </section>
  );
}

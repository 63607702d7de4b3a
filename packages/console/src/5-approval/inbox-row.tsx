import type { InboxItem } from '@patchsteward/contract';
import { Due } from '../parts/clock.tsx';
import { LaneTag } from '../parts/risk.tsx';
import type { Column } from '../parts/table.tsx';
import { strings } from '../platform/strings.ts';
import { DecisionLink } from './decision-link.tsx';

const words = strings.inbox;

/** A decision as a line of the inbox. */
export const INBOX_COLUMNS: readonly Column<InboxItem>[] = [
  { key: 'what', header: words.columns.what, cell: (item) => <WhatCell item={item} /> },
  { key: 'why', header: words.columns.why, cell: (item) => <WhyCell item={item} /> },
  { key: 'by', header: words.columns.by, cell: (item) => <ByCell item={item} /> },
];

function WhatCell({ item }: { readonly item: InboxItem }) {
  const { kind, title, hosts, hostNames, lane, campaign } = item;
  return (
    <>
      <DecisionLink item={item} className="ps-row-link" data-row-main>
        {words.kind[kind]}
      </DecisionLink>
      <span className="ps-second">
        {title} · {campaign === null ? words.covers(hosts) : words.concerns(hosts)}
      </span>
      <span className="ps-second ps-inbox-hosts">{words.hostsNamed(hostNames, hosts)}</span>
      {lane !== null && <LaneTag lane={lane} />}
    </>
  );
}

function WhyCell({ item: { waiting, as } }: { readonly item: InboxItem }) {
  const capacities = as.map((capacity) => words.as[capacity]).join(words.or);
  return (
    <>
      <span>{waiting.sentence}</span>
      <span className="ps-second">{words.falls(capacities)}</span>
    </>
  );
}

function ByCell({ item: { by, late } }: { readonly item: InboxItem }) {
  return by === null ? <span className="ps-subtle">{words.noTerm}</span> : <Due due={by} late={late} inRow />;
}

import type { Campaign, CampaignEventBody } from '@patchsteward/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { RowToggle } from '../parts/row-toggle.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, LoadedSoFar, Table } from '../parts/table.tsx';
import { usePagedRows } from '../platform/pages.ts';
import { strings } from '../platform/strings.ts';
import { Facts, Line } from './evidence-parts.tsx';
import { eventList, PAGES_MAX } from './queries.ts';
import { useCampaignAddress } from './use-campaign-address.ts';

const words = strings.campaign.events;
const ROW_PX = 56;

/** Everything that happened, oldest first, each with its entry in the record. */
export function EventsTab({ campaign }: { readonly campaign: Campaign }) {
  const { search, put, onMore } = useCampaignAddress();
  const list = useInfiniteQuery(eventList(campaign.id));
  const { rows, total, loadMore } = usePagedRows(list, search.pages ?? 1, PAGES_MAX, onMore);
  const toggle = (event: CampaignEventBody): void =>
    put({ item: keyOf(event) === search.item ? undefined : keyOf(event) });
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  if (rows.length === 0) return <Empty title={words.none} />;
  return (
    <>
      <p className="ps-subtle ps-summary" role="status">
        {words.total(total)}
      </p>
      <Table
        label={strings.campaign.tabs.events}
        name="events"
        columns={columnsFor(search.item, toggle)}
        rows={rows}
        keyOf={keyOf}
        total={total}
        estimatePx={ROW_PX}
        settling={false}
        detail={(event) => (keyOf(event) === search.item ? <EventDetail event={event} /> : null)}
        onNearEnd={loadMore}
        {...(search.item === undefined ? {} : { selectedKey: search.item })}
      />
      <LoadedSoFar loaded={rows.length} total={total} loading={list.isFetchingNextPage} />
    </>
  );
}

function keyOf({ leaf }: CampaignEventBody): string {
  return leaf;
}

function columnsFor(
  item: string | undefined,
  toggle: (event: CampaignEventBody) => void,
): readonly Column<CampaignEventBody>[] {
  return [
    {
      key: 'what',
      header: words.columns.what,
      cell: (event) => (
        <>
          <RowToggle open={keyOf(event) === item} onToggle={() => toggle(event)}>
            {event.kind}
          </RowToggle>
          <span className="ps-second">{event.asset ?? words.own}</span>
        </>
      ),
    },
    { key: 'by', header: words.columns.by, cell: ({ by }) => <span className="ps-break">{by}</span> },
    { key: 'at', header: words.columns.at, cell: ({ at }) => <Clock at={at} inRow /> },
  ];
}

/** What the event says, word for word, and where the record says the same. */
function EventDetail({ event: { leaf, body } }: { readonly event: CampaignEventBody }) {
  return (
    <div className="ps-detail">
      <Facts>
        <Line term={strings.campaign.toRecord}>
          <Link to="/record" search={{ entry: leaf }} className="ps-code">
            {leaf}
          </Link>
        </Line>
      </Facts>
      <pre className="ps-raw">{JSON.stringify(body, null, 2)}</pre>
    </div>
  );
}

import type { Exception } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { Clock } from '../parts/clock.tsx';
import { ClockIcon } from '../parts/icons.ts';
import { LaneTag } from '../parts/risk.tsx';
import type { Column } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { ExceptionState, seatsText } from './exception-state.tsx';

const words = strings.exceptions;

/** An exception as a line of the list. */
export const EXCEPTION_COLUMNS: readonly Column<Exception>[] = [
  {
    key: 'what',
    header: words.columns.what,
    cell: ({ id, title, why }) => (
      <>
        <AddressLink to={`/exceptions/${id}`} className="ps-row-link" data-row-main>
          {title}
        </AddressLink>
        <span className="ps-second">{why}</span>
      </>
    ),
  },
  {
    key: 'stands',
    header: words.columns.stands,
    cell: ({ state, missing }) => (
      <>
        <ExceptionState state={state} />
        {missing.length > 0 && <span className="ps-second">{words.waitsFor(seatsText(missing))}</span>}
      </>
    ),
  },
  {
    key: 'covers',
    header: words.columns.covers,
    cell: ({ basis, fallen }) => (
      <>
        <span>{words.findings(basis.findings)}</span>
        {fallen > 0 && <span className="ps-second">{words.fallen(fallen)}</span>}
        <LaneTag lane={basis.lane} />
      </>
    ),
  },
  {
    key: 'who',
    header: words.columns.who,
    cell: ({ owner, requester }) => (
      <>
        <span>{owner}</span>
        <span className="ps-second">{words.askedBy(requester)}</span>
      </>
    ),
  },
  {
    key: 'ends',
    header: words.columns.ends,
    cell: ({ until, endedAt, endsSoon }) => (
      <>
        <Clock at={endedAt ?? until} inRow />
        {endsSoon && (
          <Tag tone="warning" icon={ClockIcon}>
            {words.endsSoon}
          </Tag>
        )}
      </>
    ),
  },
];

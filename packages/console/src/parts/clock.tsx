import { useNow } from '../platform/now.ts';
import { strings } from '../platform/strings.ts';
import { dateOnly, distance, duration, exactLocal, exactUtc, instantOf } from '../platform/time.ts';

interface ClockProps {
  /** RFC 3339, as the server gave it. */
  readonly at: string;
  /** `both` for one moment that stands alone, `relative` in dense lists. */
  readonly form?: 'relative' | 'exact' | 'both';
  /** Where only the date is known, no hour is shown. */
  readonly precision?: 'time' | 'day';
  /** In a list the row is what the keyboard visits, not each time in it. */
  readonly inRow?: boolean;
}

/** An instant in the reader's zone, with the exact instant in UTC under pointer and focus. */
export function Clock({ at, form = 'both', precision = 'time', inRow = false }: ClockProps) {
  const now = useNow();
  const instant = instantOf(at);
  const relative = distance(instant, now);
  const exact = precision === 'day' ? dateOnly(instant) : exactLocal(instant);
  const utc = precision === 'day' ? `${exactUtc(instant)}: ${strings.time.dayOnly}` : exactUtc(instant);

  return (
    <time
      className="ps-clock"
      dateTime={at}
      data-hint={utc}
      // The keyboard must reach the exact instant too.
      tabIndex={inRow ? undefined : 0}
    >
      {form === 'exact' ? exact : relative}
      {form === 'both' && <span className="ps-clock-exact">{exact}</span>}
      {!inRow && <span className="ps-unseen"> ({utc})</span>}
    </time>
  );
}

interface DueProps {
  readonly due: string;
  /** The server's verdict; the distance is only its length. */
  readonly late: boolean;
  readonly inRow?: boolean;
}

/** A due time: how far away it is, or by how much it has passed. */
export function Due({ due, late, inRow = false }: DueProps) {
  const now = useNow();
  const instant = instantOf(due);
  return (
    <time
      className={late ? 'ps-due ps-due-late' : 'ps-due'}
      dateTime={due}
      data-hint={exactUtc(instant)}
      tabIndex={inRow ? undefined : 0}
    >
      <span className="ps-due-distance">
        {late ? strings.time.late(duration(instant - now)) : distance(instant, now)}
      </span>
      <span className="ps-clock-exact">{exactLocal(instant)}</span>
      {!inRow && <span className="ps-unseen"> ({exactUtc(instant)})</span>}
    </time>
  );
}

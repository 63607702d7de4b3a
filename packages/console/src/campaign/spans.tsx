import { strings } from '../platform/strings.ts';
import { readerZone } from '../platform/time.ts';
import { spanText } from './span-text.ts';

const words = strings.campaign.plan;

interface SpansProps {
  readonly spans: readonly { readonly from: string; readonly until: string }[];
  /** Of the maintenance group: whoever owns the host thinks in this one. */
  readonly zone: string | null;
}

/** When a host may start: in the reader's zone, in that of its group where it is another, and in UTC under the pointer. */
export function Spans({ spans, zone }: SpansProps) {
  const [first, ...others] = spans;
  if (first === undefined) return null;
  const own = readerZone();
  return (
    <>
      <span data-hint={`${spanText(first, 'UTC')} UTC`}>{spanText(first)}</span>
      {zone !== null && zone !== own && (
        <span className="ps-second">
          {spanText(first, zone)} {words.zone(zone)}
        </span>
      )}
      {others.length > 0 && (
        <span
          className="ps-second"
          data-hint={others.map((span) => `${spanText(span)} (${spanText(span, 'UTC')} UTC)`).join('; ')}
        >
          {words.moreWindows(others.length)}
        </span>
      )}
    </>
  );
}

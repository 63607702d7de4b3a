import { spanIn } from './span-text.ts';

interface SpanProps {
  readonly span: { readonly from: string; readonly until: string };
  /** The zone in which the group of the host lives. */
  readonly zone: string;
}

/** A window as the people of that host read it, and as everybody else does. // SOP P6.1 */
export function Span({ span, zone }: SpanProps) {
  const { local, utc } = spanIn(span, zone);
  return (
    <span className="ps-span">
      <span>{local}</span>
      {utc !== null && <span className="ps-second">{utc}</span>}
    </span>
  );
}

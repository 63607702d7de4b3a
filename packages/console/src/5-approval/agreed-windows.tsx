import type { Decision } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';
import { Span } from './span.tsx';

const words = strings.decision;
/** All of them stand on the page behind the dialog. */
const HOSTS_SHOWN_MAX = 20;

/** When the hosts that an owner speaks for may go down. */
export function AgreedWindows({
  decision,
  assets,
}: {
  readonly decision: Decision;
  readonly assets: readonly string[];
}) {
  const hosts = decision.hosts.filter(({ assetId }) => assets.includes(assetId));
  const shown = hosts.slice(0, HOSTS_SHOWN_MAX);
  return (
    <>
      <p>{words.agreeLead(assets.length)}</p>
      <ul className="ps-agreed-windows">
        {shown.map(({ assetId, name, spans, zone }) => (
          <li key={assetId}>
            <strong>{name}</strong>
            {spans.map((span) => (
              <Span key={span.from} span={span} zone={zone} />
            ))}
          </li>
        ))}
      </ul>
      {hosts.length > shown.length && <p className="ps-subtle">{words.agreeMore(hosts.length - shown.length)}</p>}
    </>
  );
}

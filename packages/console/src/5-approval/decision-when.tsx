import type { Decision } from '@patchsteward/contract';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.decision;

/** Waves with their times, and what happens where nobody decides. */
export function DecisionWhen({ decision }: { readonly decision: Decision }) {
  const { waves, notAfter, leftOut, askedAgainAt, campaign, standing } = decision;
  return (
    <section className="ps-panel" aria-label={words.when}>
      <h2>{words.when}</h2>
      <ul className="ps-waves">
        {waves.map(({ wave, hosts, from, until }) => (
          <li key={wave}>
            <strong>{words.wave(wave)}</strong>
            <span className="ps-subtle">{strings.inbox.hosts(hosts)}</span>
            <span>
              {words.from} <Clock at={from} form="exact" /> {words.until} <Clock at={until} form="exact" />
            </span>
          </li>
        ))}
      </ul>
      {leftOut.length > 0 && (
        <p className="ps-left-out-hosts">
          <strong>{words.leftOut(leftOut.length)}:</strong> {leftOut.join(', ')}
        </p>
      )}
      <dl className="ps-detail-facts">
        <Fact term={words.signaturesEnd}>
          <Clock at={notAfter} />
        </Fact>
      </dl>
      {standing === 'open' && (
        <>
          <h3>{words.nobody}</h3>
          <p>{words.nobodyText}</p>
          <dl className="ps-detail-facts">
            {askedAgainAt !== null && (
              <Fact term={words.nobodyAsked}>
                <Clock at={askedAgainAt} />
              </Fact>
            )}
            {campaign.due !== null && (
              <Fact term={words.nobodyDue}>
                <Clock at={campaign.due} />
              </Fact>
            )}
            <Fact term={words.nobodyEnds}>
              <Clock at={notAfter} />
            </Fact>
          </dl>
        </>
      )}
    </section>
  );
}

import type { ExceptionDetail } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { ExternalIcon } from '../parts/icons.ts';
import { LaneTag } from '../parts/risk.tsx';
import { strings } from '../platform/strings.ts';
import { seatsText } from './exception-state.tsx';

const words = strings.exceptions;
const terms = words.one;

/** What was asked for and agreed to, word for word, and by whom. */
export function ExceptionTerms({ one }: { readonly one: ExceptionDetail }) {
  const { kind, owner, why, control, evidence, lane, due } = one;
  return (
    <dl className="ps-facts" aria-label={terms.facts}>
      <Fact term={terms.kind}>
        {words.kinds[kind]}
        <span className="ps-second">{words.kindMeans[kind]}</span>
      </Fact>
      <Fact term={terms.owner}>{owner}</Fact>
      <Fact term={terms.why}>
        <span className="ps-break">{why}</span>
      </Fact>
      {control !== null && (
        <Fact term={terms.control}>
          <span className="ps-break">{control}</span>
        </Fact>
      )}
      {evidence !== null && (
        <Fact term={terms.evidence}>
          <Evidence evidence={evidence} />
        </Fact>
      )}
      {lane !== null && (
        <Fact term={terms.lane}>
          <LaneTag lane={lane} />
        </Fact>
      )}
      {due !== null && (
        <Fact term={terms.due}>
          <Clock at={due} />
        </Fact>
      )}
      <Times one={one} />
      <People one={one} />
      <Basis basis={one.basis} />
      <Others one={one} />
    </dl>
  );
}

/** Somebody typed it: only what leads to a page is made a link. */
function Evidence({ evidence }: { readonly evidence: string }) {
  if (!/^https?:\/\//i.test(evidence)) return <span className="ps-break">{evidence}</span>;
  return (
    <a href={evidence} target="_blank" rel="noreferrer noopener" className="ps-break">
      {evidence} <ExternalIcon />
    </a>
  );
}

function Times({ one: { until, endedAt } }: { readonly one: ExceptionDetail }) {
  return (
    <>
      <Fact term={terms.until}>
        <Clock at={until} />
      </Fact>
      {endedAt !== null && (
        <Fact term={terms.ended}>
          <Clock at={endedAt} />
        </Fact>
      )}
    </>
  );
}

function People({ one: { requester, requestedAt, agreed, missing } }: { readonly one: ExceptionDetail }) {
  return (
    <>
      <Fact term={terms.requester}>
        {requester}
        <span className="ps-second">
          <Clock at={requestedAt} form="exact" />
        </span>
      </Fact>
      <Fact term={terms.agreed} missing={agreed.length === 0}>
        {agreed.length === 0
          ? terms.nobody
          : agreed.map(({ person, roles, at }) => (
              <span key={person} className="ps-second">
                {terms.agreedBy(person, seatsText([roles]))} <Clock at={at} form="exact" />
              </span>
            ))}
      </Fact>
      {missing.length > 0 && <Fact term={terms.missing}>{seatsText(missing)}</Fact>}
    </>
  );
}

function Basis({ basis }: Pick<ExceptionDetail, 'basis'>) {
  const { findings, assets, lane, due, exploited, fixless } = basis;
  return (
    <Fact term={terms.basis}>
      {words.ask.covers(findings, assets)} <LaneTag lane={lane} />
      {exploited > 0 && <span className="ps-second">{words.ask.exploited(exploited)}</span>}
      {fixless > 0 && <span className="ps-second">{words.ask.fixless(fixless)}</span>}
      {due !== null && (
        <span className="ps-second">
          {terms.earliestDue} <Clock at={due} form="exact" />
        </span>
      )}
    </Fact>
  );
}

function Others({ one: { renews, renewedBy, fallen } }: { readonly one: ExceptionDetail }) {
  return (
    <>
      {fallen > 0 && <Fact term={terms.openAgain}>{words.findings(fallen)}</Fact>}
      {renews !== null && (
        <Fact term={terms.renews}>
          <Link to="/exceptions/$id" params={{ id: renews }}>
            {terms.other}
          </Link>
        </Fact>
      )}
      {renewedBy !== null && (
        <Fact term={terms.renewedBy}>
          <Link to="/exceptions/$id" params={{ id: renewedBy }}>
            {terms.other}
          </Link>
        </Fact>
      )}
    </>
  );
}

import type { Assessment } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { Clock, Due } from '../parts/clock.tsx';
import { Reason } from '../parts/reason.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { strings } from '../platform/strings.ts';
import { Fact } from './asset-facts.tsx';
import { bodInputs, ssvcInputs, TableInputs } from './table-inputs.tsx';

const words = strings.findings;

/** Lane and due time with everything they were computed from. */
export function AssessmentFacts({ assessment }: { readonly assessment: Assessment }) {
  const { lane, due, late, why, releasedAt, releasedPrecision, releasedFrom, firstSeen, bod, ssvc } = assessment;
  return (
    <>
      <Fact term={words.due}>
        <span className="ps-due-line">
          <Due due={due} late={late} /> <LaneTag lane={lane} />
        </span>
      </Fact>
      <Fact term={words.whyDue}>{why}</Fact>
      <Fact term={words.released}>
        <Clock at={releasedAt} form="exact" precision={releasedPrecision} />{' '}
        <span className="ps-subtle">{words.releasedFrom[releasedFrom]}</span>
      </Fact>
      <Fact term={words.firstSeen}>
        <Clock at={firstSeen} form="exact" />
      </Fact>
      <AnsweredFacts assessment={assessment} />
      {bod !== null && (
        <Fact term={words.bod}>
          {bod.outcome}
          {bod.due !== null && (
            <>
              {' '}
              <Clock at={bod.due} form="exact" />
            </>
          )}{' '}
          <span className="ps-subtle">{bod.binding ? words.bodBinding : words.bodNotBinding}</span>
          <TableInputs table={bod.table} inputs={bodInputs(bod.inputs)} />
        </Fact>
      )}
      {ssvc !== null && (
        <Fact term={words.ssvc}>
          {words.ssvcDecision[ssvc.decision]}
          <TableInputs table={ssvc.table} inputs={ssvcInputs(ssvc.inputs)} />
        </Fact>
      )}
      {assessment.reasons.length > 0 && (
        <Fact term={words.assessmentReasons}>
          {assessment.reasons.map((reason) => (
            <Reason key={`${reason.code} ${reason.subject}`} reason={reason} />
          ))}
        </Fact>
      )}
      <Fact term={words.policyTerm}>{assessment.policyVersion}</Fact>
    </>
  );
}

/** Who answers for it until when, and every time that does not count: a second answer does not hide the first. */
function AnsweredFacts({ assessment: { answered, pauses } }: { readonly assessment: Assessment }) {
  const { kinds, title } = strings.exceptions;
  return (
    <>
      {answered !== null && (
        <Fact term={words.answered}>
          <AddressLink to={`/exceptions/${answered.response}`}>{kinds[answered.kind]}</AddressLink> {words.until}{' '}
          <Clock at={answered.until} form="exact" />
        </Fact>
      )}
      {pauses.length > 0 && (
        <Fact term={words.notCounted}>
          {pauses.map(({ response, kind, from, until }) => (
            <span key={`${response} ${from}`} className="ps-second">
              <Clock at={from} form="exact" /> {words.to} <Clock at={until} form="exact" />:{' '}
              <AddressLink to={`/exceptions/${response}`} aria-label={`${title}: ${kinds[kind]}`}>
                {kinds[kind]}
              </AddressLink>
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}

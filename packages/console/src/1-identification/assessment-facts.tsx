import type { Assessment } from '@patchsteward/contract';
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

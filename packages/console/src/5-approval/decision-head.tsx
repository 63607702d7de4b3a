import type { Decision } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock, Due } from '../parts/clock.tsx';
import { ReasonLines } from '../parts/reason.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { Tag } from '../parts/tag.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.decision;

const TONES = { open: 'waiting', decided: 'good', refused: 'danger', replaced: 'danger', expired: 'danger' } as const;

/** Which plan it is, where it stands with people, and the words by which they know it. */
export function DecisionHead({ decision }: { readonly decision: Decision }) {
  const { campaign, kind, lane, criticality, requester, compiledAt, standing, missing } = decision;
  return (
    <>
      <p className="ps-tags">
        <Tag>{words.kind[kind]}</Tag>
        <LaneTag lane={lane} />
        <Tag>{`${words.criticality}: ${strings.criticality[criticality]}`}</Tag>
      </p>
      <dl className="ps-facts">
        {campaign.due !== null && (
          <Fact term={words.due}>
            <Due due={campaign.due} late={campaign.late} />
          </Fact>
        )}
        <Fact term={words.requester}>{requester.name}</Fact>
        <Fact term={words.compiled}>
          <Clock at={compiledAt} form="relative" />
        </Fact>
        <Fact term={strings.inbox.toCampaign}>
          <Link to="/campaigns/$id" params={{ id: campaign.id }}>
            {campaign.title}
          </Link>
        </Fact>
      </dl>
      <Verdict tone={TONES[standing]} title={words.standing[standing]}>
        <Outcome decision={decision} />
        {standing === 'open' && <ReasonLines title={words.missing} reasons={missing} />}
      </Verdict>
      <Phrase decision={decision} />
    </>
  );
}

function Outcome({ decision: { refused, supersededBy } }: { readonly decision: Decision }) {
  return (
    <>
      {refused !== null && (
        <p>
          {words.refusedBy(refused.person, refused.why)} <Clock at={refused.at} form="relative" />
        </p>
      )}
      {supersededBy !== null && (
        <p>
          <Link to="/inbox/$plan" params={{ plan: supersededBy }}>
            {words.toNewPlan}
          </Link>
        </p>
      )}
    </>
  );
}

function Phrase({ decision: { phrase, plan } }: { readonly decision: Decision }) {
  return (
    <section className="ps-phrase" aria-label={words.phrase}>
      <h2>{words.phrase}</h2>
      <p className="ps-phrase-words">{phrase}</p>
      <p className="ps-subtle">{words.phraseHelp}</p>
      <p className="ps-code ps-small ps-subtle">{plan}</p>
    </section>
  );
}

import type { Campaign, RoomEvidence } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';
import { Facts, HashText, Line, Names, SignedBy } from './evidence-parts.tsx';

const words = strings.campaign;
const about = words.about;

const KINDS = ['change', 'windows', 'votes', 'notice'] as const;
type Approval = Extract<RoomEvidence, { kind: (typeof KINDS)[number] }>;

export function isApproval(evidence: RoomEvidence): evidence is Approval {
  return KINDS.some((kind) => kind === evidence.kind);
}

interface ApprovalProps {
  readonly evidence: Approval;
  readonly campaign: Campaign;
}

/** What room 5 leaves behind: who asked, who agreed, who voted, who was told. */
export function ApprovalEvidence({ evidence, campaign }: ApprovalProps) {
  switch (evidence.kind) {
    case 'change':
      return (
        <>
          <blockquote className="ps-quote">{evidence.why}</blockquote>
          <p>
            <SignedBy campaign={campaign.id} signed={evidence.signed} /> · <Clock at={evidence.at} />
          </p>
        </>
      );
    case 'windows':
      return <Windows evidence={evidence} campaign={campaign.id} />;
    case 'votes':
      return <Votes evidence={evidence} campaign={campaign} />;
    case 'notice':
      return (
        <Facts>
          <Line term={about.outcome}>{about.notice}</Line>
          <Line term={about.elapses}>
            <Clock at={evidence.elapsesAt} />
          </Line>
          <Line term={about.receipts}>
            <HashText hash={evidence.receipts} />
          </Line>
        </Facts>
      );
  }
}

interface WindowsProps {
  readonly evidence: Extract<Approval, { kind: 'windows' }>;
  readonly campaign: string;
}

function Windows({ evidence: { agreed, open }, campaign }: WindowsProps) {
  return (
    <Facts>
      {agreed.map(({ signed, at, assets }) => (
        <Line key={signed.statement} term={signed.person}>
          {about.agreed(assets.length)} · <Clock at={at} />
          <span className="ps-second">
            <Names names={assets} />
          </span>
          <span className="ps-second">
            <SignedBy campaign={campaign} signed={signed} />
          </span>
        </Line>
      ))}
      {open.length === 0 ? (
        <Line term={about.outcome}>{about.windowsAllAgreed}</Line>
      ) : (
        <Line term={about.windowsOpen}>
          <Names names={open} />
        </Line>
      )}
    </Facts>
  );
}

interface VotesProps {
  readonly evidence: Extract<Approval, { kind: 'votes' }>;
  readonly campaign: Campaign;
}

function Votes({ evidence: { plan, votes }, campaign }: VotesProps) {
  return (
    <>
      {votes.length === 0 ? (
        <p className="ps-subtle">{about.noVotes}</p>
      ) : (
        <ul className="ps-evidence-list">
          {votes.map((vote) => (
            <li key={vote.person}>
              <SignedBy campaign={campaign.id} signed={vote} />
            </li>
          ))}
        </ul>
      )}
      <p>
        {about.plan} <HashText hash={plan} /> ·{' '}
        <Link to="/inbox/$plan" params={{ plan }} data-hint={words.inboxHint}>
          {words.inbox}
        </Link>
      </p>
    </>
  );
}

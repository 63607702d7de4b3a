import type { RoomEvidence } from '@patchsteward/contract';
import { Clock } from '../parts/clock.tsx';
import { Reasons } from '../parts/reason.tsx';
import { LaneTag } from '../parts/risk.tsx';
import { Tag } from '../parts/tag.tsx';
import { numberText, strings } from '../platform/strings.ts';
import { Document, Facts, HashText, Line, SignedBy } from './evidence-parts.tsx';

const words = strings.campaign;
const about = words.about;

const KINDS = ['updates', 'scope', 'lane', 'risk', 'authenticity', 'trial', 'backups'] as const;
type Preparation = Extract<RoomEvidence, { kind: (typeof KINDS)[number] }>;

export function isPreparation(evidence: RoomEvidence): evidence is Preparation {
  return KINDS.some((kind) => kind === evidence.kind);
}

interface PreparationProps {
  readonly evidence: Preparation;
  readonly campaign: string;
}

/** What rooms 1 to 4 leave behind. */
export function PreparationEvidence({ evidence, campaign }: PreparationProps) {
  switch (evidence.kind) {
    case 'updates':
      return <Updates evidence={evidence} />;
    case 'scope':
      return (
        <p>
          {about.production(evidence.production)}, {about.testing(evidence.testing)}
        </p>
      );
    case 'lane':
      return (
        <>
          <LaneTag lane={evidence.lane} />
          <Reasons title={words.reasonsOf(words.evidence.lane)} reasons={evidence.reasons} />
        </>
      );
    case 'risk':
      return <Risk evidence={evidence} campaign={campaign} />;
    case 'authenticity':
      return <Authenticity evidence={evidence} campaign={campaign} />;
    case 'trial':
      return <Trial evidence={evidence} campaign={campaign} />;
    case 'backups':
      return <Backups evidence={evidence} campaign={campaign} />;
  }
}

type Of<Kind extends Preparation['kind']> = Extract<Preparation, { kind: Kind }>;
interface OneProps<Kind extends Preparation['kind']> {
  readonly evidence: Of<Kind>;
  readonly campaign: string;
}

function Updates({ evidence }: { readonly evidence: Of<'updates'> }) {
  return (
    <>
      {evidence.updates.map(({ scope, source, sourceVersion, packages, fixes }) => (
        <Facts key={`${scope} ${source}`}>
          <Line term={scope}>
            <span className="ps-code">
              {source} {sourceVersion}
            </span>
          </Line>
          <Line term={about.packages}>{packages.join(', ')}</Line>
          <Line term={about.fixes}>{fixes.length === 0 ? about.noFixes : fixes.join(', ')}</Line>
        </Facts>
      ))}
      <Facts>
        <Line term={words.facts.released}>
          <Clock at={evidence.releasedAt} />
        </Line>
        <Line term={about.seen}>
          <Clock at={evidence.firstSeen} />
        </Line>
      </Facts>
    </>
  );
}

function Risk({ evidence, campaign }: OneProps<'risk'>) {
  const { impact, reboot, restarts, rollback, exposure, note, signed } = evidence;
  return (
    <Facts>
      <Line term={about.impact}>{about.impacts[impact]}</Line>
      <Line term={about.reboot}>{about.reboots[reboot ? 'yes' : 'no']}</Line>
      <Line term={about.restarts}>{restarts.length === 0 ? about.none : restarts.join(', ')}</Line>
      <Line term={about.wayBack}>{about.waysBack[rollback]}</Line>
      <Line term={about.exposure}>{exposure === '' ? about.none : exposure}</Line>
      {note !== '' && <Line term={about.note}>{note}</Line>}
      <Line term={about.signedBy}>
        <SignedBy campaign={campaign} signed={signed} />
      </Line>
    </Facts>
  );
}

function Authenticity({ evidence, campaign }: OneProps<'authenticity'>) {
  const { outcome, files, report, reasons, signed, at } = evidence;
  return (
    <>
      <Facts>
        <Line term={about.outcome}>
          <Tag tone={outcome === 'failed' ? 'danger' : 'good'}>{about.authenticity[outcome]}</Tag>
        </Line>
        {files !== null && <Line term={about.files}>{numberText(files)}</Line>}
        <Line term={about.at}>
          <Clock at={at} />
        </Line>
        {report !== null && (
          <Line term={about.report}>
            <Document campaign={campaign} hash={report} what={words.evidence.authenticity} />
          </Line>
        )}
        {signed.length > 0 && (
          <Line term={about.signedBy}>
            {signed.map((one) => (
              <SignedBy key={one.person} campaign={campaign} signed={one} />
            ))}
          </Line>
        )}
      </Facts>
      <Reasons title={words.reasonsOf(words.evidence.authenticity)} reasons={reasons} />
    </>
  );
}

const TRIAL_TONES = { pass: 'good', fail: 'danger', inconclusive: 'warning' } as const;

function Trial({ evidence, campaign }: OneProps<'trial'>) {
  const { plan, startedAt, startedBy, verdict, accepted, debt } = evidence;
  return (
    <>
      <Facts>
        <Line term={about.outcome}>
          {verdict === null ? (
            <span className="ps-subtle">{about.running}</span>
          ) : (
            <Tag tone={TRIAL_TONES[verdict.result]}>{about.trial[verdict.result]}</Tag>
          )}
        </Line>
        {plan !== null && (
          <Line term={about.plan}>
            <HashText hash={plan} />
          </Line>
        )}
        {startedAt !== null && startedBy !== null && (
          <Line term={about.started}>
            <Clock at={startedAt} /> · {startedBy.person}
          </Line>
        )}
        {verdict !== null && (
          <Line term={about.report}>
            <Document campaign={campaign} hash={verdict.report} what={words.evidence.trial} />
          </Line>
        )}
        {accepted.length > 0 && (
          <Line term={about.accepted}>
            {accepted.map((one) => (
              <SignedBy key={one.person} campaign={campaign} signed={one} />
            ))}
          </Line>
        )}
        {debt !== null && (
          <Line term={debt.paidAt === null ? about.debt : about.debtPaid}>
            <Clock at={debt.paidAt ?? debt.due} />
          </Line>
        )}
      </Facts>
      <Reasons title={words.reasonsOf(words.evidence.trial)} reasons={verdict?.reasons ?? []} />
    </>
  );
}

function Backups({ evidence, campaign }: OneProps<'backups'>) {
  const { at, assets, missing } = evidence;
  const waived = assets.filter((asset) => asset.waived).length;
  return (
    <>
      <p>
        {about.proofs(assets.length - waived)}, {about.waivers(waived)}, {about.missing(missing.length)} ·{' '}
        <Clock at={at} />
      </p>
      <Reasons title={words.reasonsOf(words.evidence.backups)} reasons={missing} />
      {assets.length > 0 && (
        <details>
          <summary>{about.backupList}</summary>
          <ul className="ps-evidence-list">
            {assets.map(({ assetId, asset, evidence: hash, waived: without }) => (
              <li key={assetId}>
                <span className="ps-break">{asset}</span>
                <Tag tone={without ? 'warning' : 'good'}>{without ? about.waiver : about.proof}</Tag>
                <Document campaign={campaign} hash={hash} what={asset} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

import type { RoomEvidence } from '@patchsteward/contract';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Reasons } from '../parts/reason.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { Document, Facts, Line, Names, SignedBy } from './evidence-parts.tsx';
import { stateName } from './words-of.ts';

const words = strings.campaign;
const about = words.about;

const KINDS = ['waves', 'stopped', 'way-back', 'declared', 'soak', 'rescan', 'audit', 'end'] as const;
type Deployment = Extract<RoomEvidence, { kind: (typeof KINDS)[number] }>;

export function isDeployment(evidence: RoomEvidence): evidence is Deployment {
  return KINDS.some((kind) => kind === evidence.kind);
}

interface DeploymentProps {
  readonly evidence: Deployment;
  readonly campaign: string;
}

/** What rooms 6 and 7 leave behind. */
export function DeploymentEvidence({ evidence, campaign }: DeploymentProps) {
  switch (evidence.kind) {
    case 'waves':
      return <Waves evidence={evidence} />;
    case 'stopped':
      return (
        <>
          <p>
            <Tag tone={evidence.how === 'halted' ? 'danger' : 'warning'}>{about.how[evidence.how]}</Tag> {about.by}{' '}
            {evidence.by} · <Clock at={evidence.at} />
          </p>
          <Reasons title={words.reasonsOf(words.evidence.stopped)} reasons={evidence.reasons} />
        </>
      );
    case 'way-back':
      return <WayBack evidence={evidence} campaign={campaign} />;
    case 'declared':
      return <Declared evidence={evidence} campaign={campaign} />;
    case 'soak':
      return (
        <p>
          <Result result={evidence.result} /> <Clock at={evidence.at} />{' '}
          <Document campaign={campaign} hash={evidence.report} what={words.evidence.soak} />
        </p>
      );
    case 'rescan':
      return <Rescan evidence={evidence} campaign={campaign} />;
    case 'audit':
      return <Audit evidence={evidence} campaign={campaign} />;
    case 'end':
      return (
        <Facts>
          <Line term={about.state}>{stateName(evidence.state)}</Line>
          {evidence.why !== '' && <Line term={about.why}>{evidence.why}</Line>}
          {evidence.until !== null && (
            <Line term={about.until}>
              <Clock at={evidence.until} />
            </Line>
          )}
        </Facts>
      );
  }
}

type Of<Kind extends Deployment['kind']> = Extract<Deployment, { kind: Kind }>;
interface OneProps<Kind extends Deployment['kind']> {
  readonly evidence: Of<Kind>;
  readonly campaign: string;
}

const RESULTS = { pass: 'good', fail: 'danger', inconclusive: 'warning' } as const;

function Result({ result }: { readonly result: keyof typeof RESULTS }) {
  return (
    <Tag tone={RESULTS[result]} icon={result === 'pass' ? GoodIcon : WarningIcon}>
      {about.trial[result]}
    </Tag>
  );
}

function Waves({ evidence }: { readonly evidence: Of<'waves'> }) {
  return (
    <Facts>
      {evidence.waves.map(({ wave, assets, openedAt, closed }) => (
        <Line key={wave} term={about.wave(wave)}>
          {closed === null ? (
            <Tag tone="info">{about.open}</Tag>
          ) : (
            <Tag tone={closed.failed > 0 ? 'warning' : 'good'}>{about.closed(closed.succeeded, closed.failed)}</Tag>
          )}{' '}
          {about.opened} <Clock at={openedAt} form="exact" />
          <span className="ps-second">
            <Names names={assets} />
          </span>
        </Line>
      ))}
    </Facts>
  );
}

function WayBack({ evidence: { why, at, signed, done }, campaign }: OneProps<'way-back'>) {
  return (
    <Facts>
      <Line term={about.why}>{why}</Line>
      <Line term={about.at}>
        <Clock at={at} />
      </Line>
      <Line term={about.signedBy}>
        {signed.map((one) => (
          <SignedBy key={one.person} campaign={campaign} signed={one} />
        ))}
      </Line>
      {done !== null && <Line term={about.done}>{about.undone(done.assets.length, done.failed.length)}</Line>}
    </Facts>
  );
}

function Declared({ evidence, campaign }: OneProps<'declared'>) {
  return (
    <Facts>
      {evidence.hosts.map(({ asset, as, why, at, signed }) => (
        <Line key={`${asset} ${signed.statement}`} term={asset}>
          {about.declaredAs[as]}: {why} · <Clock at={at} />
          <span className="ps-second">
            <SignedBy campaign={campaign} signed={signed} />
          </span>
        </Line>
      ))}
    </Facts>
  );
}

function Rescan({ evidence: { clean, remaining, report, at }, campaign }: OneProps<'rescan'>) {
  return (
    <Facts>
      <Line term={clean ? about.outcome : about.remaining}>{clean ? about.clean : <Names names={remaining} />}</Line>
      <Line term={about.at}>
        <Clock at={at} />
      </Line>
      <Line term={about.report}>
        <Document campaign={campaign} hash={report} what={words.evidence.rescan} />
      </Line>
    </Facts>
  );
}

function Audit({ evidence: { signed, dispositions, unexplained }, campaign }: OneProps<'audit'>) {
  return (
    <Facts>
      <Line term={about.auditors}>
        {signed.length === 0 ? (
          <span className="ps-subtle">{about.nobodyYet}</span>
        ) : (
          signed.map((one) => <SignedBy key={one.person} campaign={campaign} signed={one} />)
        )}
      </Line>
      {dispositions.map(({ assetId, asset, text }) => (
        <Line key={assetId} term={asset}>
          {text}
        </Line>
      ))}
      {unexplained.length > 0 && (
        <Line term={about.unexplained}>
          <Names names={unexplained.map(({ asset }) => asset)} />
        </Line>
      )}
    </Facts>
  );
}

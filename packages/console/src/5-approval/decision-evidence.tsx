import type { Decision } from '@patchsteward/contract';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { DangerIcon, GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.decision;

const TRIAL_TONES = { pass: 'good', fail: 'danger', inconclusive: 'warning' } as const;
const TRIAL_ICONS = { pass: GoodIcon, fail: DangerIcon, inconclusive: WarningIcon } as const;

/** What the signatures would rest on. */
export function DecisionEvidence({ decision }: { readonly decision: Decision }) {
  const { hosts, testOwedUntil } = decision;
  const rebooting = hosts.filter(({ mayReboot }) => mayReboot).length;
  return (
    <section className="ps-panel" aria-label={words.evidence}>
      <h2>{words.evidence}</h2>
      <dl className="ps-detail-facts">
        <Fact term={words.risk}>
          <Risk decision={decision} />
        </Fact>
        <Fact term={words.authenticity}>
          <Authenticity decision={decision} />
        </Fact>
        {decision.kind !== 'test' && (
          <Fact term={words.trial}>
            <Trial decision={decision} />
            {testOwedUntil !== null && (
              <span className="ps-second">
                {words.testOwed} <Clock at={testOwedUntil} form="exact" />
              </span>
            )}
          </Fact>
        )}
        <Fact term={words.backups}>
          <Backups decision={decision} />
        </Fact>
        <Fact term={words.wayBack}>
          <WayBack decision={decision} />
        </Fact>
        <Fact term={words.reboots}>{rebooting === 0 ? words.noReboots : words.mayReboot(rebooting)}</Fact>
      </dl>
    </section>
  );
}

function Risk({ decision: { risk } }: { readonly decision: Decision }) {
  if (risk === null) return <span className="ps-subtle">{words.noRisk}</span>;
  const { impact, rollback, reboot, restarts, exposure, note, person } = risk;
  const text = words.riskText(words.riskImpact[impact], words.riskRollback[rollback]);
  const effects = [...(reboot ? [words.riskReboot] : []), ...restarts].join(', ');
  return (
    <>
      {effects === '' ? text : `${text}, ${effects}`}
      <span className="ps-second">
        {[words.riskBy(person), exposure, note].filter((part) => part !== '').join(' · ')}
      </span>
    </>
  );
}

function Authenticity({ decision: { authenticity } }: { readonly decision: Decision }) {
  if (authenticity === null) return <span className="ps-subtle">{words.noAuthenticity}</span>;
  return (
    <>
      {words.authenticityText(authenticity.files)} <Clock at={authenticity.at} form="relative" />
      <span className="ps-second ps-code">{authenticity.report}</span>
    </>
  );
}

function Trial({ decision: { trial } }: { readonly decision: Decision }) {
  if (trial === null) return <span className="ps-subtle">{words.noTrial}</span>;
  const { result, hosts, acceptedBy, at } = trial;
  return (
    <>
      <Tag tone={TRIAL_TONES[result]} icon={TRIAL_ICONS[result]}>
        {words.trialResult[result]}
      </Tag>{' '}
      <Clock at={at} form="relative" />
      {acceptedBy.length > 0 && <span className="ps-second">{words.trialAccepted(acceptedBy.join(', '))}</span>}
      <ul>
        {hosts.map(({ name, result: own, reasons }) => (
          <li key={name} className="ps-second">
            {name}: {words.trialResult[own]} {reasons.map(({ sentence }) => sentence).join(' ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function Backups({ decision: { hosts } }: { readonly decision: Decision }) {
  const count = (kind: string): number => hosts.filter(({ backup }) => backup.kind === kind).length;
  const taken = hosts.flatMap(({ backup }) => (backup.kind === 'proof' ? [backup.takenAt] : [])).sort();
  const [oldest] = taken;
  return (
    <>
      {words.backupsText(count('proof'), count('waiver'), count('not-needed'))}
      {oldest !== undefined && (
        <span className="ps-second">
          {words.oldestBackup} <Clock at={oldest} form="relative" />
        </span>
      )}
    </>
  );
}

function WayBack({ decision: { hosts } }: { readonly decision: Decision }) {
  const without = hosts.filter(({ wayBack }) => wayBack.kind === 'none').length;
  if (without === 0) return words.wayBackAll;
  return (
    <Tag tone="warning" icon={WarningIcon}>
      {words.wayBackMissing(without)}
    </Tag>
  );
}

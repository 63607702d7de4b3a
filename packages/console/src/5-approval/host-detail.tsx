import type { Decision, DecisionHost } from '@patchsteward/contract';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Clock } from '../parts/clock.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { duration } from '../platform/time.ts';
import { Changes } from './decision-what.tsx';
import { Span } from './span.tsx';

const words = strings.decision;

/** The work order of one host. */
export function HostDetail({ host, decision }: { readonly host: DecisionHost; readonly decision: Decision }) {
  const { spans, zone, restarts, mayReboot, backup, environment, agreedBy, transaction } = host;
  return (
    <div className="ps-detail">
      <dl className="ps-detail-facts">
        <Fact term={words.transaction}>
          <Changes changes={decision.transactions[transaction]?.changes ?? []} />
        </Fact>
        <Fact term={words.windows}>
          {spans.map((span) => (
            <Span key={span.from} span={span} zone={zone} />
          ))}
        </Fact>
        {decision.kind === 'production' && (
          <Fact term={words.host.agreement}>{agreedBy === null ? words.notAgreed : words.agreed(agreedBy)}</Fact>
        )}
        {restarts.length > 0 && <Fact term={words.restarts}>{restarts.join(', ')}</Fact>}
        {mayReboot && <Fact term={words.reboots}>{words.reboot}</Fact>}
        <Fact term={words.backups}>
          <BackupText backup={backup} />
        </Fact>
        <Fact term={words.wayBack}>
          <WayBackText host={host} />
        </Fact>
        <Fact term={words.host.environment}>{strings.environment[environment]}</Fact>
      </dl>
    </div>
  );
}

function WayBackText({ host: { wayBack } }: { readonly host: DecisionHost }) {
  if (wayBack.kind === 'none') {
    return (
      <>
        <Tag tone="warning" icon={WarningIcon}>
          {words.back.none}
        </Tag>
        <span className="ps-second">{wayBack.why}</span>
      </>
    );
  }
  const how = wayBack.aloneWithinMs > 0 ? words.backAlone(duration(wayBack.aloneWithinMs)) : words.backSigned;
  return (
    <>
      {words.back.downgrade}
      <span className="ps-second">{how}</span>
    </>
  );
}

interface BackupTextProps {
  readonly backup: DecisionHost['backup'];
  /** Dense, without what only who looks closer wants. */
  readonly inRow?: boolean;
}

export function BackupText({ backup, inRow = false }: BackupTextProps) {
  switch (backup.kind) {
    case 'proof':
      return (
        <>
          <span>
            {words.backup.proof}, {words.backupTaken} <Clock at={backup.takenAt} form="relative" inRow={inRow} />
          </span>
          {!inRow && (
            <span className="ps-second">
              {words.backupIn(backup.repository)},{' '}
              {backup.checkedAt === null ? (
                words.backupNeverChecked
              ) : (
                <>
                  {words.backupChecked} <Clock at={backup.checkedAt} form="relative" />
                </>
              )}
            </span>
          )}
        </>
      );
    case 'waiver':
      return (
        <>
          <Tag tone="warning" icon={WarningIcon}>
            {words.backup.waiver}
          </Tag>
          <span className="ps-second">
            {words.waivedBy(backup.person, backup.why)}
            {!inRow && (
              <>
                , {words.waivedUntil} <Clock at={backup.expiresAt} form="exact" />
              </>
            )}
          </span>
        </>
      );
    case 'not-needed':
    case 'unknown':
      return <span className="ps-subtle">{words.backup[backup.kind]}</span>;
  }
}

import type { Asset } from '@patchsteward/contract';
import { lazy, type ReactNode, Suspense } from 'react';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, RebootIcon, WarningIcon } from '../parts/icons.ts';
import { Loading } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { Fact } from './asset-facts.tsx';

// Forms and what they need come when somebody looks at the system.
const AssetHealth = lazy(async () => ({ default: (await import('./asset-health.tsx')).AssetHealth }));

const words = strings.system;

/** What runs, as against what is installed. */
export function AssetSystem({ asset }: { readonly asset: Asset }) {
  return (
    <div className="ps-system">
      <Section title={words.restart}>
        <Fact term={words.reboot}>
          <Reboot asset={asset} />
        </Fact>
        <Fact term={words.restarts}>
          <Restarts asset={asset} />
        </Fact>
        <Fact term={words.booted}>{asset.bootedAt === null ? words.kernelNone : <Clock at={asset.bootedAt} />}</Fact>
      </Section>
      <Section title={words.kernels}>
        <Fact term={words.running}>
          <span className="ps-code">{asset.runningKernel ?? words.kernelNone}</span>
        </Fact>
        <Fact term={words.installedKernels}>
          <Kernels asset={asset} />
        </Fact>
      </Section>
      <Section title={words.identity}>
        <Fact term={words.hostId}>
          <span className="ps-code">{asset.id}</span>
        </Fact>
        <Fact term={words.machineId}>
          <span className="ps-code">{asset.machineId ?? words.kernelNone}</span>
        </Fact>
        <Fact term={words.architecture}>{asset.architecture ?? words.kernelNone}</Fact>
        <Fact term={words.agent}>{asset.agentVersion ?? words.kernelNone}</Fact>
        <Fact term={words.container}>{yesOrNo(asset.container)}</Fact>
        <Fact term={words.firstSeen}>
          <Clock at={asset.firstSeen} />
        </Fact>
        <Fact term={words.lastSeen}>
          {asset.lastSeen === null ? strings.time.never : <Clock at={asset.lastSeen} />}
        </Fact>
        <Fact term={words.packageSet}>
          <span className="ps-code ps-break">{asset.packageSet ?? words.kernelNone}</span>
        </Fact>
      </Section>
      <Origins asset={asset} />
      {asset.origin === 'agent' && (
        <Suspense fallback={<Loading />}>
          <AssetHealth asset={asset} />
        </Suspense>
      )}
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="ps-panel">
      <h2>{title}</h2>
      <dl className="ps-detail-facts">{children}</dl>
    </section>
  );
}

function Reboot({ asset }: { readonly asset: Asset }) {
  if (asset.rebootNeeded === null) return words.kernelNone;
  if (!asset.rebootNeeded) {
    return (
      <Tag tone="good" icon={GoodIcon}>
        {words.rebootNotNeeded}
      </Tag>
    );
  }
  return (
    <>
      <Tag tone="info" icon={RebootIcon}>
        {words.rebootNeeded}
      </Tag>{' '}
      {asset.rebootReasons.length > 0 && (
        <>
          {words.rebootBecause} {asset.rebootReasons.join(', ')}
        </>
      )}
    </>
  );
}

function Restarts({ asset }: { readonly asset: Asset }) {
  if (asset.restartNeeded === null) return <span className="ps-subtle">{words.restartsUnknown}</span>;
  if (asset.restartNeeded.length === 0) return words.restartsNone;
  return (
    <ul className="ps-binaries">
      {asset.restartNeeded.map((unit) => (
        <li key={unit}>{unit}</li>
      ))}
    </ul>
  );
}

function Kernels({ asset }: { readonly asset: Asset }) {
  if (asset.installedKernels.length === 0) return asset.container === true ? words.noKernels : words.kernelNone;
  return (
    <ul className="ps-binaries">
      {asset.installedKernels.map((kernel) => (
        <li key={`${kernel.package} ${kernel.version}`}>
          <span className="ps-code">{kernel.release}</span>{' '}
          <span className="ps-subtle">
            {kernel.package} {kernel.version}
          </span>{' '}
          {kernel.release === asset.runningKernel && (
            <Tag tone="good" icon={GoodIcon}>
              {words.runningNow}
            </Tag>
          )}
        </li>
      ))}
    </ul>
  );
}

function Origins({ asset }: { readonly asset: Asset }) {
  return (
    <section className="ps-panel ps-panel-wide">
      <h2>{words.origins}</h2>
      {asset.origins.length === 0 ? (
        <p className="ps-subtle">{words.noOrigins}</p>
      ) : (
        <ul className="ps-origin-list">
          {asset.origins.map((origin) => (
            <li key={origin.id}>
              <span className="ps-break">{origin.id}</span>
              <span className="ps-subtle">
                {[origin.publisher, origin.suite].filter((part) => part !== null).join(' · ')}
              </span>
              <span>
                {origin.date !== null && (
                  <>
                    {words.indexOf} <Clock at={origin.date} form="relative" />
                  </>
                )}
              </span>
              {origin.signed ? (
                <Tag tone="good" icon={GoodIcon}>
                  {words.signed}
                </Tag>
              ) : (
                <Tag tone="warning" icon={WarningIcon}>
                  {words.unsigned}
                </Tag>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function yesOrNo(value: boolean | null): string {
  if (value === null) return words.kernelNone;
  return value ? words.yes : words.no;
}

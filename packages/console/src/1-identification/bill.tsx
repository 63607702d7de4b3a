import type { Asset, BillBody } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { GoodIcon, NotJudgedIcon } from '../parts/icons.ts';
import { Tag } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';
import { Fact } from './asset-facts.tsx';

const words = strings.bills;

interface BillProps {
  readonly bill: BillBody;
  readonly asset: Asset;
  /** Why nobody may change it; null where the person may. */
  readonly stopped: string | null;
  readonly onReplace: () => void;
  readonly onRemove: () => void;
}

/** A bill of materials that holds now. */
export function Bill({ bill, asset, stopped, onReplace, onRemove }: BillProps) {
  const { name, kind, digest, packages, from, by, fileHash } = bill;
  return (
    <section className="ps-panel ps-feed" aria-label={name}>
      <header>
        <h2 className="ps-break">{name}</h2>
        <Tag>{words.kinds[kind]}</Tag>
      </header>
      <dl className="ps-facts">
        <Fact term={words.facts.packages}>
          <Link to="/assets/$id" params={{ id: asset.id }} search={{ tab: 'packages' }} state replace>
            {words.packages(packages)}
          </Link>
        </Fact>
        <Fact term={words.facts.format}>{formatText(bill)}</Fact>
        <Fact term={words.facts.given}>
          <Clock at={from} form="relative" /> {words.by(by)}
        </Fact>
        <Fact term={words.facts.judged}>
          <BillJudged asset={asset} />
        </Fact>
        {digest !== null && (
          <Fact term={words.facts.digest}>
            <span className="ps-code ps-break">{digest}</span>
          </Fact>
        )}
        <Fact term={words.facts.file}>
          <span className="ps-code ps-break">{fileHash}</span>
        </Fact>
      </dl>
      <RefusedEntries bill={bill} />
      <div className="ps-form-actions">
        <Action small label={words.replaceOf(name)} disabledReason={stopped} onAct={onReplace}>
          {words.replace}
        </Action>
        <Action small label={words.removeOf(name)} disabledReason={stopped} onAct={onRemove}>
          {words.remove}
        </Action>
      </div>
    </section>
  );
}

/** All bills of an asset are judged together. */
function BillJudged({ asset }: { readonly asset: Asset }) {
  if (asset.packages === null) return words.notReported;
  if (asset.judged.kind === 'not-judged') {
    return (
      <>
        <Tag tone="warning" icon={NotJudgedIcon}>
          {strings.findings.notJudged}
        </Tag>
        <span className="ps-second">{asset.judged.reason.sentence}</span>
      </>
    );
  }
  const count = asset.findings ?? 0;
  if (count === 0) {
    return (
      <>
        <Tag tone="good" icon={GoodIcon}>
          {strings.assets.noFindings}
        </Tag>
        <span className="ps-second">{words.judged(asset.name)}</span>
      </>
    );
  }
  return (
    <>
      <Link to="/assets/$id" params={{ id: asset.id }} search={{}} state replace aria-label={words.toFindings}>
        {strings.assets.findings(count)}
      </Link>
      <span className="ps-second">{words.judged(asset.name)}</span>
    </>
  );
}

function RefusedEntries({ bill: { refused, refusedTotal } }: { readonly bill: BillBody }) {
  if (refusedTotal === 0) return null;
  const more = refusedTotal - refused.length;
  return (
    <details className="ps-refused-entries">
      <summary>{words.refused(refusedTotal)}</summary>
      <ul>
        {refused.map(({ entry, problem }) => (
          <li key={`${entry} ${problem}`} className="ps-break">
            <strong>{entry}</strong>: {problem}
          </li>
        ))}
        {more > 0 && <li className="ps-subtle">{words.refusedMore(more)}</li>}
      </ul>
    </details>
  );
}

function formatText({ form, tool }: BillBody): string {
  return tool === null ? words.forms[form] : words.writtenBy(words.forms[form], tool);
}

/** Those that hold no more, the last first. */
export function FormerBills({ bills, total }: { readonly bills: readonly BillBody[]; readonly total: number }) {
  return (
    <details className="ps-refused-entries">
      <summary>{words.former(total)}</summary>
      <ul>
        {bills.map((bill) => (
          <li key={bill.id}>
            <span className="ps-break">{bill.name}</span> · {words.packages(bill.packages)} · {formatText(bill)} ·{' '}
            {words.by(bill.by)} <Clock at={bill.from} form="exact" />
            {bill.until !== null && (
              <>
                , {words.replacedAt} <Clock at={bill.until} form="exact" />
              </>
            )}
          </li>
        ))}
        {total > bills.length && <li className="ps-subtle">{words.moreFormer(total - bills.length)}</li>}
      </ul>
    </details>
  );
}

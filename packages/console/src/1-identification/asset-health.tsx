import type { Asset, HealthProfileBody } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { Action } from '../parts/action.tsx';
import { EditIcon } from '../parts/icons.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { spanWords } from '../policy/span-words.ts';
import { Fact } from './asset-facts.tsx';
import { CHECK_KINDS } from './health-draft.ts';
import { HealthForm } from './health-form.tsx';
import { healthQuery } from './health-query.ts';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.health;
type Checks = HealthProfileBody['wanted'];

/** What must run on an asset for it to count as healthy after a change. // SOP P6.3 */
export function AssetHealth({ asset }: { readonly asset: Asset }) {
  const { search, put } = useAssetAddress();
  const profile = useQuery(healthQuery(asset.id));
  const forbidden = useForbidden('operator');
  if (profile.isPending) return <Loading />;
  if (profile.data === undefined) return <Failed error={profile.error} onAgain={() => void profile.refetch()} />;
  return (
    <section className="ps-panel ps-panel-wide" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="ps-subtle">{words.lead}</p>
      <Profile profile={profile.data} />
      <div className="ps-form-actions">
        <Action disabledReason={forbidden} icon={<EditIcon />} onAct={() => put({ edit: 'health' })}>
          {words.edit}
        </Action>
      </div>
      {search.edit === 'health' && (
        <HealthForm asset={asset} profile={profile.data} onClose={() => put({ edit: undefined })} />
      )}
    </section>
  );
}

function Profile({ profile }: { readonly profile: HealthProfileBody }) {
  const { errorLinesMax, wanted, watchMs } = profile;
  if (errorLinesMax === null && isEmpty(profile) && isEmpty(wanted)) return <p>{words.nothing}</p>;
  return (
    <dl className="ps-detail-facts">
      <CheckFacts title={words.required} checks={profile} />
      <CheckFacts title={words.wanted} checks={wanted} />
      <Fact term={words.errors}>{errorLinesMax === null ? words.errorsUncounted : words.errorsMax(errorLinesMax)}</Fact>
      <Fact term={words.watch}>{spanWords(watchMs)}</Fact>
    </dl>
  );
}

function isEmpty(checks: Checks): boolean {
  return CHECK_KINDS.every((kind) => checks[kind].length === 0);
}

function CheckFacts({ title, checks }: { readonly title: string; readonly checks: Checks }) {
  if (isEmpty(checks)) return null;
  return (
    <Fact term={title}>
      {CHECK_KINDS.filter((kind) => checks[kind].length > 0).map((kind) => (
        <span key={kind} className="ps-check-line">
          <span className="ps-subtle">{words.checks[kind]}:</span>{' '}
          <span className="ps-code ps-break">{checks[kind].join(', ')}</span>
        </span>
      ))}
    </Fact>
  );
}

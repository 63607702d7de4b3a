import { useQuery } from '@tanstack/react-query';
import { Fact } from '../1-identification/asset-facts.tsx';
import { policyQuery } from '../7-documentation/queries.ts';
import { CopyLine } from '../parts/copy-line.tsx';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { useShortcut } from '../platform/keys.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { type Clause, clausesOf } from './clauses.ts';

const words = strings.policy;

/** The procedure as it is read, with the figures in force. // SOP C1 C3, c3 */
export function PolicyScreen() {
  const policy = useQuery(policyQuery);
  const refresh = (): void => void policy.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  useTitle(words.title);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {policy.data !== undefined && (
          <Freshness at={policy.dataUpdatedAt} error={policy.error} loading={policy.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {policy.isPending && <Loading />}
      {policy.data === undefined && policy.isError && <Failed error={policy.error} onAgain={refresh} />}
      {policy.data !== undefined && (
        <>
          <dl className="ps-facts">
            <Fact term={words.version}>
              <span className="ps-code">{policy.data.policy.version}</span>
            </Fact>
            <Fact term={words.source}>{policy.data.file === null ? words.own : words.file(policy.data.file)}</Fact>
            <Fact term={words.hash}>
              <span className="ps-code ps-break">{policy.data.hash}</span>
              <span className="ps-second">{words.hashHelp}</span>
            </Fact>
          </dl>
          <div className="ps-clauses">
            {clausesOf(policy.data.policy).map((clause) => (
              <ClauseText key={clause.id} clause={clause} />
            ))}
          </div>
          <section className="ps-panel ps-policy-change" aria-label={words.howToChange}>
            <h2>{words.howToChange}</h2>
            <p className="ps-why">{words.change}</p>
            <CopyLine label={words.changeCommand} text="patchsteward policy show --json" />
          </section>
        </>
      )}
    </>
  );
}

function ClauseText({ clause }: { readonly clause: Clause }) {
  return (
    <section id={`clause-${clause.id}`} className="ps-clause" aria-label={clause.title}>
      <h2>{clause.title}</h2>
      {clause.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {clause.tables.map(({ heads, lines }) => (
        <Figures key={lines[0]?.name} heads={heads} lines={lines} />
      ))}
    </section>
  );
}

function Figures({ heads, lines }: Clause['tables'][number]) {
  return (
    <table className="ps-clause-table" aria-label={lines.length === 1 ? lines[0]?.name : undefined}>
      <thead>
        <tr>
          {heads.map((head) =>
            head === '' ? (
              <td key="" />
            ) : (
              <th key={head} scope="col">
                {head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map((cell, at) => (
              <td key={heads[at + 1]} data-label={heads[at + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

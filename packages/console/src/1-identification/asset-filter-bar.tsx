import type { AssetFacet, AssetFacetName, AssetFacets, AssetFilterWords } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { CloseIcon } from '../parts/icons.ts';
import { numberText, strings } from '../platform/strings.ts';
import { chipsOf, facetWord, toggled, valuesOf, valueWords } from './asset-filter.ts';

const words = strings.filters;

interface FilterProps {
  readonly filter: AssetFilterWords;
  readonly onFilter: (filter: AssetFilterWords) => void;
}

/** What the list is filtered by, each to be removed. */
export function FilterChips({ filter, onFilter }: FilterProps) {
  const chips = chipsOf(filter);
  if (chips.length === 0) return null;
  return (
    <div className="ps-chips">
      {chips.map(({ name, value, title, words: text }) => (
        <button
          key={`${name} ${value}`}
          type="button"
          className="ps-chip"
          aria-label={words.remove(title, text)}
          onClick={() => onFilter(toggled(filter, name, value))}
        >
          <span>
            {title}: <strong>{text}</strong>
          </span>
          <CloseIcon />
        </button>
      ))}
      <Action small variant="link" disabledReason={null} onAct={() => onFilter({ search: filter.search })}>
        {words.clear}
      </Action>
    </div>
  );
}

/** What there is to filter by, with how many assets each value has. */
export function FilterPanel({ filter, onFilter, facets }: FilterProps & { readonly facets: AssetFacets | undefined }) {
  return (
    <section className="ps-filter-panel" aria-label={words.panel} aria-busy={facets === undefined}>
      {(facets?.facets ?? []).map((facet) => (
        <Facet key={facet.name} facet={facet} filter={filter} onFilter={onFilter} />
      ))}
    </section>
  );
}

function Facet({ facet, filter, onFilter }: FilterProps & { readonly facet: AssetFacet }) {
  const values = facet.values.flatMap(({ value, assets }) => {
    const word = facetWord(facet.name, value);
    return word === null ? [] : [{ word, assets }];
  });
  if (values.length === 0) return null;
  return (
    <fieldset className="ps-facet">
      <legend>{words.names[facet.name]}</legend>
      <ul>
        {values.map(({ word: [name, value], assets }) => (
          <li key={`${name} ${value}`}>
            <label>
              <input
                type="checkbox"
                checked={valuesOf(filter, name).includes(value)}
                onChange={() => onFilter(toggled(filter, name, value))}
              />
              <span>{valueWords(name, value)}</span>
              <span className="ps-count">{numberText(assets)}</span>
            </label>
          </li>
        ))}
      </ul>
      {facet.more && <p className="ps-subtle ps-small">{words.more}</p>}
    </fieldset>
  );
}

interface GroupsProps extends FilterProps {
  readonly by: AssetFacetName;
  readonly facets: AssetFacets | undefined;
}

/** The assets by one fact; a value leads to its assets. */
export function AssetGroups({ by, facets, filter, onFilter }: GroupsProps) {
  const facet = facets?.facets.find(({ name }) => name === by);
  return (
    <table className="ps-table ps-table-asset-groups" aria-label={words.groupsLabel(words.names[by])}>
      <thead>
        <tr>
          <th scope="col">{words.names[by]}</th>
          <th scope="col">{words.assets}</th>
        </tr>
      </thead>
      <tbody>
        {(facet?.values ?? []).map(({ value, assets }) => {
          const word = facetWord(by, value);
          if (word === null) return null;
          const [name, text] = word;
          return (
            <tr key={`${name} ${text}`}>
              <td data-label={words.names[by]}>
                <button type="button" className="ps-row-toggle" onClick={() => onFilter({ ...filter, [name]: text })}>
                  <span>{valueWords(name, text)}</span>
                </button>
              </td>
              <td data-label={words.assets}>{words.count(assets)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

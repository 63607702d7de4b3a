import type { ProviderLook } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';
import { Fact } from './asset-facts.tsx';

const words = strings.provider;

/** What a provider says of itself. */
export function ProviderFound({ look }: { readonly look: ProviderLook }) {
  const { name, url, isTrusted, feeds, directories } = look;
  const lists = [
    ...(feeds.length === 0 ? [] : [words.rolie(feeds.length)]),
    ...(directories.length === 0 ? [] : [words.directories(directories.length)]),
  ];
  return (
    <div role="status">
      <h3>{words.found(name)}</h3>
      <dl className="ps-facts">
        <Fact term={words.at}>
          <span className="ps-break">{url}</span>
        </Fact>
        <Fact term={words.gives}>{lists.length === 0 ? words.nothing : lists.join(', ')}</Fact>
      </dl>
      <p>{isTrusted ? words.trusted : words.untrusted}</p>
    </div>
  );
}

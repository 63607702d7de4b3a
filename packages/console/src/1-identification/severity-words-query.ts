import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../platform/client.ts';

export function severityWordsOf(vulnerability: string, distribution: string | undefined) {
  return queryOptions({
    // With the other severities: whoever decides on one loads all of them again.
    queryKey: ['severities', 'words', vulnerability.toUpperCase(), distribution],
    queryFn: ({ signal }) => call('severity.show', { params: { vulnerability }, query: { distribution } }, signal),
    placeholderData: keepPreviousData,
  });
}

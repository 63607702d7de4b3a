import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Does something to a campaign; afterwards all that is shown of it is loaded again. */
export function useCampaignChange<Answer>(
  campaign: string,
  act: () => Promise<Answer>,
  onSuccess: (answer: Answer) => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      onSuccess(answer);
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['campaign', campaign] }),
        queries.invalidateQueries({ queryKey: ['campaigns'] }),
      ]);
    },
  });
}

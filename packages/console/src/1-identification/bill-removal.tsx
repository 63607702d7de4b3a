import type { Asset, BillBody } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Question } from '../parts/question.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';

const words = strings.bills;

interface BillRemovalProps {
  readonly asset: Asset;
  readonly bill: BillBody;
  readonly onClose: () => void;
}

export function BillRemoval({ asset, bill: { name }, onClose }: BillRemovalProps) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('bill.end', { params: { id: asset.id, name } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Question
      title={words.removeQuestion(name)}
      act={words.removeAct}
      busy={remove.isPending ? words.removing : null}
      keep={words.keep}
      error={remove.error}
      onAct={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.removeConsequence}</p>
    </Question>
  );
}

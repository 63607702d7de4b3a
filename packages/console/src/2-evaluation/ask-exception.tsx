import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { TargetFields, TermFields } from './ask-fields.tsx';
import { Preview } from './ask-preview.tsx';
import { draftOf, type ExceptionDraft, missingOf, previewOf, requestOf } from './exception-draft.ts';
import { exceptionPreview } from './queries.ts';
import { useSettled } from './use-settled.ts';

const words = strings.exceptions.ask;
const route = getRouteApi('/inside/exceptions/new');

/** Asks that a risk is answered for: what it covers and what it does to the clocks is shown before. // SP 800-40r4 §2.2 */
export function AskExceptionScreen() {
  const about = route.useSearch();
  useTitle(words.title);
  return (
    <>
      <nav className="ps-crumbs" aria-label={strings.exceptions.title}>
        <Link to="/exceptions">{strings.exceptions.title}</Link>
      </nav>
      <div className="ps-title">
        <h1>{words.title}</h1>
      </div>
      <p className="ps-lead">{words.lead}</p>
      <AskForm key={JSON.stringify(about)} />
    </>
  );
}

function AskForm() {
  const about = route.useSearch();
  const [draft, setDraft] = useState(() => draftOf(about, Date.now()));
  const put = (change: Partial<ExceptionDraft>): void => setDraft({ ...draft, ...change });
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const wanted = JSON.stringify(previewOf(draft));
  const { settled, same } = useSettled(wanted);
  const asked = useMemo(() => JSON.parse(settled) as ReturnType<typeof previewOf>, [settled]); // What was written above.
  const preview = useQuery(exceptionPreview(asked));
  const send = useMutation({
    mutationFn: async () => {
      const body = requestOf(draft);
      return body === null ? null : call('exception.request', { body });
    },
    onSuccess: async (one) => {
      if (one === null) return;
      await queries.invalidateQueries();
      await navigate({ to: '/exceptions/$id', params: { id: one.id } });
    },
  });
  const missing = missingOf(draft);
  const current = same && !preview.isPlaceholderData ? preview.data : undefined;
  const stopped = missing === null ? whyNot(current, preview.isError) : words.fillIn(missing);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !send.isPending) send.mutate();
  };
  return (
    <div className="ps-ask">
      <Form onSubmit={submit}>
        {send.isError && <Failed error={send.error} />}
        <TargetFields draft={draft} put={put} />
        <TermFields draft={draft} put={put} />
        <div className="ps-form-actions">
          <Action variant="primary" submit disabledReason={stopped} busy={send.isPending ? words.sending : null}>
            {words.send}
          </Action>
          <Action variant="link" disabledReason={null} onAct={() => void navigate({ to: '/exceptions' })}>
            {words.cancel}
          </Action>
        </div>
      </Form>
      <Preview
        preview={asked === null ? undefined : (preview.data ?? undefined)}
        error={preview.error}
        said={asked !== null}
      />
    </div>
  );
}

/** The server says what it would refuse; a button that it would refuse is not pressed for nothing. */
function whyNot(preview: { readonly refusal: string | null } | null | undefined, failed: boolean): string | null {
  // Whoever cannot see it may send it: the refusal then says more.
  if (failed) return null;
  return preview === null || preview === undefined ? words.wait : preview.refusal;
}

import type { AnnouncementDetail } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { ExternalIcon, GoodIcon } from '../parts/icons.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { announcementQuery } from './announcement-queries.ts';
import { AnnouncementText } from './announcement-text.tsx';
import { Fact } from './asset-facts.tsx';
import { rangeText, targetText } from './triage-draft.ts';
import { TriageForm } from './triage-form.tsx';
import { WhyAct } from './why-act.tsx';

const words = strings.announcements;

const route = getRouteApi('/inside/announcements/$id');

/** One announcement: what it says, and what a person makes of it. */
export function AnnouncementScreen() {
  const { id } = route.useParams();
  const one = useQuery(announcementQuery(id));
  const [done, setDone] = useState<string | null>(null);
  useTitle(one.data?.title ?? words.title);
  if (one.isPending) return <Loading />;
  if (one.data === undefined) return <Failed error={one.error} onAgain={() => void one.refetch()} />;
  // What was done changes what can be done next: the buttons begin anew, and what was said about it stays.
  return <Shown key={`${id} ${one.data.revision} ${one.data.state}`} one={one.data} done={done} onDone={setDone} />;
}

type Doing = 'triage' | 'dismiss' | 'undo';

interface ShownProps {
  readonly one: AnnouncementDetail;
  /** What was done of late, in a sentence. */
  readonly done: string | null;
  readonly onDone: (sentence: string | null) => void;
}

function Shown({ one, done, onDone }: ShownProps) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const forbidden = useForbidden('triager');
  const finish = (sentence: string): void => {
    onDone(sentence);
    setDoing(null);
  };
  const waits = one.state === 'waiting';
  return (
    <>
      <p className="ps-crumbs">
        <Link to="/announcements">{words.back}</Link>
      </p>
      <div className="ps-title">
        <h1>{one.title}</h1>
        <Tag tone={waits ? 'warning' : 'plain'}>{one.changed ? words.changed : words.stateOf[one.state]}</Tag>
      </div>
      <Facts one={one} />
      {done !== null && (
        <div className="ps-done" role="status">
          <GoodIcon />
          <p>{done}</p>
        </div>
      )}
      <div className="ps-tools">
        {waits && (
          <Action
            variant="primary"
            disabledReason={forbidden}
            onAct={() => setDoing('triage')}
            expanded={doing === 'triage'}
          >
            {words.triage}
          </Action>
        )}
        {waits && (
          <Action disabledReason={forbidden} onAct={() => setDoing('dismiss')} expanded={doing === 'dismiss'}>
            {words.dismiss}
          </Action>
        )}
        {one.triage !== null && (
          <Action disabledReason={forbidden} onAct={() => setDoing('undo')} expanded={doing === 'undo'}>
            {words.undo}
          </Action>
        )}
      </div>
      {doing === 'triage' && <TriageForm one={one} onDone={finish} onCancel={() => setDoing(null)} />}
      {(doing === 'dismiss' || doing === 'undo') && (
        <Act one={one} doing={doing} onDone={finish} onCancel={() => setDoing(null)} />
      )}
      <AnnouncementText one={one} />
      <History one={one} />
    </>
  );
}

function Facts({ one }: { readonly one: AnnouncementDetail }) {
  return (
    <dl className="ps-facts">
      <Fact term={words.from}>{one.vendor}</Fact>
      {one.published !== null && (
        <Fact term={words.published}>
          <Clock at={one.published} />
        </Fact>
      )}
      <Fact term={words.seen}>
        <Clock at={one.firstSeen} />
      </Fact>
      <Fact term={words.revision}>
        {words.revisionOf(one.revision)} <Clock at={one.seenAt} form="exact" />
      </Fact>
      <Fact term={words.hash}>
        <span className="ps-code ps-hash">{one.sha256}</span>
      </Fact>
      {one.url !== null && (
        <Fact term={words.open}>
          <a href={one.url} target="_blank" rel="noreferrer noopener" className="ps-hash">
            {one.url} <ExternalIcon />
          </a>
        </Fact>
      )}
    </dl>
  );
}

interface ActProps {
  readonly one: AnnouncementDetail;
  readonly doing: 'dismiss' | 'undo';
  readonly onDone: (sentence: string) => void;
  readonly onCancel: () => void;
}

function Act({ one: { id, revision }, doing, onDone, onCancel }: ActProps) {
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async (why: string) => {
      if (doing === 'undo') await call('announcement.undo', { params: { id }, body: { why } });
      else await call('announcement.dismiss', { body: { announcements: [{ id, revision }], why } });
    },
    onSuccess: () => onDone(doing === 'undo' ? words.undone : words.dismissed(1)),
    // Whatever came of it, every list may say something else now.
    onSettled: () => queries.invalidateQueries(),
  });
  const busy = doing === 'undo' ? words.undoing : words.dismissing;
  return (
    <WhyAct
      title={doing === 'undo' ? words.undoTitle : words.dismissTitle(1)}
      act={doing === 'undo' ? words.undo : words.dismiss}
      busy={act.isPending ? busy : null}
      error={act.error}
      onAct={(why) => act.mutate(why)}
      onCancel={onCancel}
    />
  );
}

function History({ one: { history } }: { readonly one: AnnouncementDetail }) {
  if (history.length === 0) return null;
  return (
    <section aria-label={words.history}>
      <h2 className="ps-subtitle">{words.history}</h2>
      <ol className="ps-lines">
        {history.map(({ id, kind, by, at, why, claim }) => (
          <li key={id}>
            <span>
              {words.by(kind, by)} <Clock at={at} form="exact" />
            </span>
            {claim !== null && (
              <span>
                {claim.targets.map(targetText).join(', ')}:{' '}
                {claim.ranges.length === 0 ? words.everyVersion : claim.ranges.map(rangeText).join(', ')}{' '}
                {claim.vulnerabilities.join(', ')}
              </span>
            )}
            {why !== null && <span className="ps-subtle">{why}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

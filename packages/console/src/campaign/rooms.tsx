import type { Campaign, CampaignRoom, CampaignRooms } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Clock } from '../parts/clock.tsx';
import { CaretDownIcon, CaretRightIcon, GoodIcon, NotJudgedIcon, PhasedIcon, RevokedIcon } from '../parts/icons.ts';
import { Reasons } from '../parts/reason.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { strings } from '../platform/strings.ts';
import { roomOfInterest } from './acts.ts';
import { Evidence } from './evidence.tsx';
import { Document } from './evidence-parts.tsx';
import { roomsQuery } from './queries.ts';
import { remediesIn } from './remedies.ts';
import { useCampaignAddress } from './use-campaign-address.ts';
import { VerdictMark } from './verdict-mark.tsx';
import { kindName, roleTitle } from './words-of.ts';

const words = strings.campaign;

const SIGNS = {
  passed: GoodIcon,
  here: PhasedIcon,
  ahead: NotJudgedIcon,
  ended: RevokedIcon,
} as const satisfies Record<CampaignRoom['place'], ComponentType>;

/** The way through the seven rooms; the one in which the campaign stands is open unless the address names another. */
export function Rooms({ campaign }: { readonly campaign: Campaign }) {
  const rooms = useQuery(roomsQuery(campaign.id));
  const { search, put } = useCampaignAddress();
  if (rooms.isPending) return <Loading />;
  if (rooms.data === undefined) return <Failed error={rooms.error} onAgain={() => void rooms.refetch()} />;
  const open = search.room ?? roomOfInterest(rooms.data.items);
  return (
    <>
      {!campaign.ended && (
        <Reasons title={words.labelsTitle} reasons={rooms.data.labels} remedyOf={remediesIn(campaign)} />
      )}
      <ol className="ps-rooms" aria-label={words.roomsLabel}>
        {rooms.data.items.map((room) => (
          <Room
            key={room.room}
            room={room}
            campaign={campaign}
            open={room.room === open}
            onOpen={() => put({ room: room.room })}
          />
        ))}
      </ol>
      <Documents campaign={campaign.id} documents={rooms.data.documents} />
    </>
  );
}

/** What was kept beside the events, each under its hash. */
function Documents({
  campaign,
  documents,
}: {
  readonly campaign: string;
  readonly documents: CampaignRooms['documents'];
}) {
  if (documents.length === 0) return null;
  return (
    <section aria-label={words.documents}>
      <h2 className="ps-subtitle">{words.documents}</h2>
      <ul className="ps-evidence-list">
        {documents.map(({ hash, kind, storedAt }) => (
          <li key={hash}>
            <span>{kindName(kind)}</span>
            <Clock at={storedAt} form="exact" />
            <Document campaign={campaign} hash={hash} what={kindName(kind)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RoomProps {
  readonly room: CampaignRoom;
  readonly campaign: Campaign;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function Room({ room, campaign, open, onOpen }: RoomProps) {
  const Sign = SIGNS[room.place];
  return (
    <li className={`ps-room ps-room-${room.place}`} aria-current={room.place === 'here' ? 'step' : undefined}>
      <span className="ps-room-sign" aria-hidden="true">
        <Sign />
      </span>
      <h2>
        <button type="button" className="ps-room-toggle" aria-expanded={open} onClick={onOpen} data-row-main>
          {open ? <CaretDownIcon /> : <CaretRightIcon />}
          <span>
            {room.room.slice(0, 1)}. {words.rooms[room.room]}
          </span>
        </button>
        <span className="ps-room-place">
          {room.place === 'here' && room.verdict !== null ? (
            <VerdictMark verdict={room.verdict.kind} />
          ) : (
            words.place[room.place]
          )}
          {room.place === 'passed' && room.passed !== null && <Clock at={room.passed.at} form="relative" inRow />}
        </span>
      </h2>
      {open && <RoomBody room={room} campaign={campaign} />}
    </li>
  );
}

function RoomBody({ room, campaign }: Omit<RoomProps, 'open' | 'onOpen'>) {
  const { place, passed, verdict, evidence, movers } = room;
  return (
    <div className="ps-room-body">
      {passed !== null && (
        <p className="ps-subtle">
          {words.place.passed} <Clock at={passed.at} form="exact" /> {words.passedBy(passed.event, passed.by)} ·{' '}
          <Link to="/record" search={{ entry: passed.leaf }} data-hint={words.entry(passed.leaf)}>
            {words.toRecord}
          </Link>
        </p>
      )}
      <Reasons title={words.reasonsTitle} reasons={verdict?.reasons ?? []} remedyOf={remediesIn(campaign)} />
      <Movers movers={movers} />
      {place === 'ahead' && evidence.length === 0 && <p className="ps-subtle">{words.roomAhead}</p>}
      {place !== 'ahead' && evidence.length === 0 && <p className="ps-subtle">{words.noEvidence}</p>}
      {evidence.map((one) => (
        <Evidence key={one.kind} evidence={one} campaign={campaign} />
      ))}
    </div>
  );
}

/** Who can clear the reasons, by name: the roles are the server's, the names those of the trust root. */
function Movers({ movers }: { readonly movers: CampaignRoom['movers'] }) {
  const people = movers.filter(({ role }) => role !== 'system');
  if (people.length === 0) return null;
  return (
    <section className="ps-evidence" aria-label={words.moversTitle}>
      <h3>{words.moversTitle}</h3>
      <dl className="ps-detail-facts">
        {people.map(({ role, people: holders }) => (
          <div key={role} className="ps-fact">
            <dt>{roleTitle(role)}</dt>
            <dd>
              {holders.length === 0 ? (
                <span className="ps-subtle">{words.nobody}</span>
              ) : (
                holders.map(({ login, name }) => (name === login ? login : `${name} (${login})`)).join(', ')
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

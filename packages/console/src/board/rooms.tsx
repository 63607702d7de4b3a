import type { CampaignSummary } from '@patchsteward/contract';
import { type KeyboardEvent, useRef } from 'react';
import { useShortcut } from '../platform/keys.ts';
import { numberText, strings } from '../platform/strings.ts';
import { inRooms } from './board-filter.ts';
import { CampaignCard } from './campaign-card.tsx';
import { type PlaceOnBoard, type Step, stepOf, stepped } from './place-on-board.ts';

const words = strings.board;
/** The seven rooms, as a patch walks through them. */
const ROOMS = Object.keys(words.rooms) as (keyof typeof words.rooms)[]; // Object.keys forgets that the record is closed.

interface RoomsProps {
  readonly campaigns: readonly CampaignSummary[];
  /** What is shown answers the search before; the next answer is on its way. */
  readonly settling: boolean;
}

/** Campaigns standing in their rooms. A room without one takes less of the width. */
export function Rooms({ campaigns, settling }: RoomsProps) {
  const rooms = inRooms(campaigns, ROOMS);
  const board = useRef<HTMLDivElement>(null);
  const move = useMoves(
    board,
    rooms.map((room) => room.campaigns.length),
  );
  useShortcut('j', strings.keys.next, () => move('down'));
  useShortcut('k', strings.keys.previous, () => move('up'));

  function onKeyDown(event: KeyboardEvent): void {
    const step = stepOf(event.key);
    if (step === null || !(event.target instanceof Element) || !event.target.matches('[data-place]')) return;
    event.preventDefault();
    move(step);
  }

  return (
    <>
      <RoomStrip counts={rooms.map((room) => room.campaigns.length)} onRoom={(column) => focusCard(board, column, 0)} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what the keyboard is on */}
      <div
        ref={board}
        className={settling ? 'ps-board ps-settling' : 'ps-board'}
        aria-busy={settling}
        onKeyDown={onKeyDown}
      >
        {rooms.map(({ room, campaigns: standing }, column) => (
          <section
            key={room}
            className={standing.length === 0 ? 'ps-board-room ps-board-room-empty' : 'ps-board-room'}
            aria-label={words.roomTitle(column + 1, words.rooms[room], standing.length)}
          >
            <h2>
              <span className="ps-board-number">{column + 1}</span> {words.rooms[room]}{' '}
              {standing.length > 0 && <span className="ps-count">{numberText(standing.length)}</span>}
            </h2>
            {standing.length === 0 ? (
              <p className="ps-subtle ps-small">{words.emptyRoom}</p>
            ) : (
              <ul>
                {standing.map((campaign, row) => (
                  <CampaignCard key={campaign.id} campaign={campaign} column={column} row={row} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </>
  );
}

function nameOf(column: number, room: (typeof ROOMS)[number], count: number) {
  return (
    <>
      <span className="ps-board-number">{column + 1}</span> {words.rooms[room]}{' '}
      <span className="ps-count">{numberText(count)}</span>
    </>
  );
}

interface RoomStripProps {
  readonly counts: readonly number[];
  readonly onRoom: (column: number) => void;
}

/** All seven at once, however many columns fit beside each other; each brings its own into sight. */
function RoomStrip({ counts, onRoom }: RoomStripProps) {
  return (
    <ol className="ps-board-strip" aria-label={words.strip}>
      {ROOMS.map((room, column) => (
        <li key={room}>
          {counts[column] === 0 ? (
            <span className="ps-board-jump">{nameOf(column, room, 0)}</span>
          ) : (
            <button type="button" className="ps-board-jump" onClick={() => onRoom(column)}>
              {nameOf(column, room, counts[column] ?? 0)}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Moves the focus from card to card. */
function useMoves(board: React.RefObject<HTMLElement | null>, counts: readonly number[]): (step: Step) => void {
  return (step) => {
    const place = stepped(counts, placeOf(document.activeElement), step);
    if (place === null) return;
    focusCard(board, place.column, place.row);
  };
}

function focusCard(board: React.RefObject<HTMLElement | null>, column: number, row: number): void {
  const card = board.current?.querySelector<HTMLElement>(`[data-place="${column} ${row}"]`);
  card?.focus({ preventScroll: true });
  card?.closest('.ps-board-card')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function placeOf(element: Element | null): PlaceOnBoard | null {
  const [column, row] = (element?.getAttribute('data-place') ?? '').split(' ').map(Number);
  return column === undefined || row === undefined ? null : { column, row };
}

import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { MenuIcon } from '../parts/icons.ts';
import { ConnectionNote } from './connection-note.tsx';
import { DemoNote } from './demo-note.tsx';
import { installKeys, useShortcut } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { useLive } from './live.ts';
import { Mark } from './mark.tsx';
import { PLACES, type Place } from './places.ts';
import { signOut, useSession } from './session.ts';
import { strings } from './strings.ts';
import { ThemeChoice } from './theme-choice.tsx';
import { readerZone } from './time.ts';

export function Shell() {
  const [menuOpen, setMenuOpen] = useState(false);
  const address = useRouterState({ select: (state) => state.location.pathname });
  useEffect(installKeys, []);
  useLive();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen closes the menu that led to it
  useEffect(() => setMenuOpen(false), [address]);
  useFocusOnArrival(address);

  return (
    <div className="ps-shell">
      <a className="ps-skip" href="#content">
        {strings.shell.skip}
      </a>
      <header className="ps-header">
        <span className="ps-menu-button">
          <Action
            variant="plain"
            disabledReason={null}
            label={strings.shell.menu}
            icon={<MenuIcon />}
            onAct={() => setMenuOpen(!menuOpen)}
            expanded={menuOpen}
          >
            {null}
          </Action>
        </span>
        <Link to="/" className="ps-home">
          <Mark />
          {strings.product}
        </Link>
        <KeysHelp />
      </header>
      <aside className={menuOpen ? 'ps-side ps-side-open' : 'ps-side'}>
        <nav aria-label={strings.shell.navigation}>
          {PLACES.map((room) => (
            <section key={room.title}>
              <h2>{room.title}</h2>
              <ul>
                {room.places.map((place) => (
                  <PlaceLink key={place.to} place={place} />
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <Person />
      </aside>
      <main id="content" className="ps-main" tabIndex={-1}>
        <DemoNote />
        <ConnectionNote />
        <Outlet />
      </main>
    </div>
  );
}

/** A new screen begins at its beginning, also for those who hear it. The first one the browser begins by itself. */
function useFocusOnArrival(address: string): void {
  const before = useRef(address);
  useEffect(() => {
    if (before.current === address) return;
    before.current = address;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [address]);
}

function PlaceLink({ place }: { readonly place: Place }) {
  const navigate = useNavigate();
  const Icon = place.icon;
  useShortcut(`g ${place.key}`, strings.keys.goTo(place.title), () => void navigate({ to: place.to }));
  return (
    <li>
      <Link
        to={place.to}
        className="ps-place"
        // Every address begins as that of the overview does.
        activeOptions={{ exact: place.to === '/' }}
        activeProps={{ 'aria-current': 'page' }}
      >
        <Icon />
        {place.title}
      </Link>
    </li>
  );
}

function Person() {
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  if (session?.person === undefined || session.person === null) return null;
  const { name, roles } = session.person;

  async function leave(): Promise<void> {
    await signOut(queries);
    await navigate({ to: '/sign-in' });
  }

  return (
    <footer className="ps-person">
      <ThemeChoice />
      <p>
        <span className="ps-subtle">{strings.shell.signedInAs}</span>
        <br />
        <strong>{name}</strong>
        <br />
        <span className="ps-subtle">{roles.map((role) => strings.roleTitle[role]).join(', ')}</span>
      </p>
      <Action disabledReason={null} onAct={() => void leave()} small>
        {strings.shell.signOut}
      </Action>
      <p className="ps-subtle ps-small">
        {strings.time.zone(readerZone())}
        <br />
        {strings.shell.server(session.serverVersion)}
      </p>
    </footer>
  );
}

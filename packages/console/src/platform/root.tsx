import { Outlet } from '@tanstack/react-router';
import { HintLayer } from '../parts/hint.tsx';

export function Root() {
  return (
    <>
      <Outlet />
      <HintLayer />
    </>
  );
}

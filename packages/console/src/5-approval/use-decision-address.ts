import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/inside/inbox/$plan');

type Address = ReturnType<typeof route.useSearch>;

/** What the address says of the decision that is shown, and how to change it. */
export function useDecisionAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    search,
    put: (change: Address): void =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false }),
  };
}

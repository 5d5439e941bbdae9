import type { Contract, NonEmpty, Route } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import { predefinedPath } from '../values/contract.ts';
import { hasLiteralBrace } from '../values/route.ts';

/** Where newer hosts have every operation, whatever their prefix. */
const predefinedUnder = 'api';

/**
 * The routes that a host serves under a profile. Endpoint routing takes every brace for a placeholder, and has no other
 * predefined route than `/api/NAME` (source forms, 5; recorded); beside mapped endpoints one-way is not judged, and `reply`
 * answers nothing just as well.
 */
export function routesUnder({ routes: told, ...contract }: Contract, { hosting }: Profile): NonEmpty<Route> {
  // A route whose verbs the service does not have is answered with 405, whatever it promises (source forms, 5).
  const [one = told[0], ...more] = told.filter((route) => isOfItsService(contract, route));
  const routes: NonEmpty<Route> = [one, ...more];
  if (hosting === 'classic') return routes;
  const [first = routes[0], ...others] = routes.filter(({ path }) => !hasLiteralBrace(path));
  const served = (route: Route): Route => {
    const isIt = (['reply', 'oneway'] as const).some((how) => route.path === predefinedPath(contract, 'json', how));
    if (!isIt) return route;
    const path =
      hosting === 'endpoints' ? `/${predefinedUnder}/${contract.operation}` : predefinedPath(contract, 'json');
    return { ...route, path };
  };
  return [served(first), ...others.map(served)];
}

function isOfItsService({ verbs: own = 'any' }: Pick<Contract, 'verbs'>, { verbs }: Route): boolean {
  return own === 'any' || verbs === 'any' || verbs.some((verb) => own.includes(verb));
}

import type { Contract, NonEmpty, Route } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import { predefinedPath, verbsOf } from '../values/contract.ts';
import { hasLiteralBrace } from '../values/route.ts';

/** Where newer hosts have every operation, whatever their prefix. */
const predefinedUnder = 'api';

/**
 * The routes that a host serves under a profile. Endpoint routing takes every brace for a placeholder, and has no other
 * predefined route than `/api/NAME`, and serves neither HEAD nor OPTIONS (source forms, 5; recorded); beside mapped endpoints one-way is not judged, and `reply`
 * answers nothing just as well.
 */
export function routesUnder({ routes: told, ...contract }: Contract, { hosting }: Profile): NonEmpty<Route> {
  // A route whose verbs the service does not have is answered with 405, whatever it promises (source forms, 5).
  const [one = told[0], ...more] = told.filter((route) => isOfItsService(contract, route));
  const routes: NonEmpty<Route> = [one, ...more];
  if (hosting === 'classic') return routes;
  const isServed = (route: Route): boolean =>
    !hasLiteralBrace(route.path) && (hosting === 'mapped' || isOfMoreThanHabit(contract, route));
  const [first = routes[0], ...others] = routes.filter(isServed);
  const served = (route: Route): Route => {
    const isIt = (['reply', 'oneway'] as const).some((how) => route.path === predefinedPath(contract, 'json', how));
    if (!isIt) return route;
    const path =
      hosting === 'endpoints' ? `/${predefinedUnder}/${contract.operation}` : predefinedPath(contract, 'json');
    return { ...route, path };
  };
  return [served(first), ...others.map(served)];
}

/** Why no call of an operation is served under a profile, whatever its documents promise; null where some is. */
export function whyUnserved(contract: Contract, profile: Profile): string | null {
  if (profile.hosting !== 'endpoints') return null;
  return routesUnder(contract, profile).some((route) => isOfMoreThanHabit(contract, route))
    ? null
    : 'under endpoint routing neither HEAD nor OPTIONS is served, and its routes promise no other verb';
}

/** Whether a route promises a verb besides HEAD and OPTIONS. */
function isOfMoreThanHabit(contract: Pick<Contract, 'verbs'>, route: Route): boolean {
  const verbs = verbsOf(contract, route);
  return verbs === 'any' || verbs.some((verb) => verb !== 'HEAD' && verb !== 'OPTIONS');
}

function isOfItsService({ verbs: own = 'any' }: Pick<Contract, 'verbs'>, { verbs }: Route): boolean {
  return own === 'any' || verbs === 'any' || verbs.some((verb) => own.includes(verb));
}

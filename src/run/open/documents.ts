import { withHeaders } from '../../exchange/with-headers.ts';
import { heldBack } from '../../exchange/fence.ts';
import type { Ask } from '../../import/host.ts';
import type { Suite } from '../../model/suite.ts';
import { decodeText } from '../../settings/files.ts';
import type { LiveTarget } from '../../settings/live-target.ts';
import type { Settings } from '../../settings/settings.ts';
import type { World } from '../../settings/world.ts';
import { headerOf, mediaTypeIn, pathOf } from '../../values/http.ts';
import { redactorOf } from './redactor.ts';
import { carriedByAll, paced, wayTo } from './way.ts';

/** A host that is asked for its documents, and for nothing else. */
export interface OpenDocuments {
  readonly ask: Ask;
  readonly notes: readonly string[];
  readonly close: () => void;
}

/**
 * Opens the way to the documents of a host: asked without credentials, within the limits, and past the fence.
 *
 * @param prefix that documents stand under, behind the path of the target: '' where that is all of it
 */
export function openDocuments(
  target: LiveTarget,
  prefix: string,
  suite: Suite,
  settings: Settings,
  world: World,
): OpenDocuments {
  const way = wayTo(target.url, target.tls, settings, world);
  // A host may tell back what every request carries.
  redactorOf(world, suite, { secrets: [], secretHeaders: [], madeUp: [] }, target.headers, way.secrets);
  const engine = withHeaders(paced(way.engine, settings, world), carriedByAll(suite, target, settings));
  const contract = { ...suite.contract, prefix: '' };
  const { url } = target;
  return {
    notes: way.notes,
    close: () => {
      engine.close();
    },
    ask: async (path, accept) => {
      const asked = {
        method: 'GET',
        path: pathOf(path),
        headers: [],
        credentials: 'none',
        body: 'none',
        names: 'nothing',
      } as const;
      const why = heldBack(asked, contract);
      if (why !== null) return { kind: 'none', reason: `it is not asked: ${why}` };
      const request = {
        method: 'GET',
        url: new URL(url.origin),
        target: `${url.pathname.replace(/\/$/, '')}${prefix}${path}`,
        headers: [['Accept', accept]] as const,
        body: null,
      };
      const { outcome } = await engine.send(request, { signal: world.signal });
      if (outcome.kind === 'failure') return { kind: 'none', reason: outcome.failure.message };
      const { response } = outcome;
      return {
        kind: 'answer',
        status: response.status,
        mediaType: mediaTypeIn(headerOf(response.headers, 'content-type') ?? ''),
        location: headerOf(response.headers, 'location') ?? null,
        text: decodeText(response.body),
      };
    },
  };
}

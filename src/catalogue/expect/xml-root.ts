import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';

/** What the framework answers with where it has made no response DTO: binding and credential errors. */
const errorRoot = { name: 'ErrorResponse', namespace: 'http://schemas.servicestack.net/types' };

interface Root {
  readonly name: string;
  readonly namespace: string;
}

/** The root element is that of the response DTO. */
export const xmlRootIsResponse: Expectation = {
  says: "the root element is the response DTO's",
  judge: (x, { contract }) => {
    const root = rootOf(x);
    return root === undefined || root.name === contract.response
      ? []
      : [service('body root element', contract.response, root.name)];
  },
};

/** The root element is in the declared data-contract namespace; that of an ErrorResponse in the framework's own. */
export const xmlNamespace: Expectation = {
  says: 'the root element is in the declared namespace',
  judge: (x, { profile }) => {
    const root = rootOf(x);
    if (root === undefined) return [];
    const expected = root.name === errorRoot.name ? errorRoot.namespace : profile.xmlNamespace;
    return root.namespace === expected
      ? []
      : [service('body namespace of the root element', expected, root.namespace || 'none')];
  },
};

/** The root of a document, whether or not all of it can be read; undefined for any other answer, which `wellFormed` judges. */
function rootOf(x: Answered): Root | undefined {
  if (x.decoded.kind !== 'read' || x.decoded.format !== 'xml') return undefined;
  const [, prefix, name, attributes = ''] =
    /<(?:([\w.-]+):)?([A-Za-z_][\w.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/.exec(x.text) ?? [];
  if (name === undefined) return undefined;
  const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  const [, , namespace = ''] = new RegExp(`(?:^|\\s)${declaration}\\s*=\\s*(["'])(.*?)\\1`).exec(attributes) ?? [];
  return { name, namespace };
}

import { contractOf, formatOf, memberOf, typeOf } from '../schema/contract.fixture.ts';
import { createComposer } from '../catalogue/composer.ts';
import { requirement, service } from '../catalogue/requirement.ts';
import type { Script } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Catalogue, Composer, Condition, RequirementId } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import type { Ability } from './open/ability.ts';
import { classicProfile } from '../model/profile.fixture.ts';

/** An operation that has nothing to do with the documented one: the machine must serve it all the same. */
export const widgets = contractOf({
  operation: 'PaintWidget',
  description: 'Paints a widget',
  prefix: '/v1',
  routes: [{ name: 'paint', path: '/v1/widgets/{WidgetId}/paint', verbs: 'any', leaves: 'a painted widget' }],
  types: [
    typeOf(
      'PaintWidget',
      memberOf('WidgetId', 'Guid', { in: 'path' }),
      memberOf('ColourId', 'Guid'),
      memberOf('Coats', 'Int32', { required: 'no' }),
    ),
    typeOf('PaintWidgetResponse'),
  ],
  formats: [formatOf('json', 'application/json'), formatOf('csv', 'text/csv')],
  xmlNamespace: 'urn:widgets',
  subject: { member: 'WidgetId', kind: 'guid', states: { fresh: 'a plain widget', absent: 'no such widget' } },
});

const widgetMembers: readonly Member[] = [
  { name: 'WidgetId', type: { kind: 'string', format: 'uuid' }, required: true, in: 'path', description: 'which' },
  {
    name: 'ColourId',
    type: { kind: 'string', format: 'uuid' },
    required: true,
    enforced: true,
    in: 'body',
    description: 'what colour',
  },
  { name: 'Coats', type: { kind: 'integer' }, required: false, in: 'body', description: 'how many', example: '2' },
  {
    name: 'Note',
    type: { kind: 'string' },
    required: false,
    in: 'body',
    description: 'left out, as optional ones are',
  },
];

export const classic: Profile = classicProfile('urn:widgets');

export const widgetComposer = (profile: Profile = classic): Composer => createComposer(widgets, widgetMembers, profile);

/** Everything is possible. */
export const able: Ability = {
  changesRefused: null,
  stateRefused: () => null,
  credentialRefused: () => null,
  subjects: 'unlimited',
  exhausted: { cause: 'subjects', reason: 'none left' },
};

/** A catalogue of one area with one requirement for each script; each demands status 200. */
export function catalogueOf(
  ...scripts: readonly { id: RequirementId; script: (c: Composer) => Script; when?: Condition }[]
): Catalogue {
  return [
    {
      area: 'routes',
      says: 'of widgets',
      requirements: scripts.map(({ id, script, when }) =>
        requirement('routes', {
          id,
          level: 'MUST',
          basis: 'http',
          title: `holds for ${id}`,
          why: 'somebody relies on it',
          cites: [{ source: 'widgets', at: '1', quote: 'it holds' }],
          ...(when === undefined ? {} : { when }),
          each: () => [{}],
          send: (_, c) => script(c),
          expect: [
            {
              says: 'the status is 200',
              judge: (x) => (x.status === 200 ? [] : [service('status', '200', `${x.status}`)]),
            },
          ],
        }),
      ),
    },
  ];
}

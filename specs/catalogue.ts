import type { Catalogue } from '../src/model/requirement.ts';
import { authentication } from './authentication/authentication.requirements.ts';
import { documentation } from './documentation/documentation.requirements.ts';
import { examples } from './examples/examples.requirements.ts';
import { formats } from './formats/formats.requirements.ts';
import { lifecycle } from './lifecycle/lifecycle.requirements.ts';
import { responseStatus } from './response-status/response-status.requirements.ts';
import { routes } from './routes/routes.requirements.ts';
import { types } from './types/types.requirements.ts';
import { transport } from './transport/transport.requirements.ts';
import { validation } from './validation/validation.requirements.ts';
import { verbs } from './verbs/verbs.requirements.ts';

/** Everything that is promised, area by area, in the order it is run and reported. */
export const catalogue: Catalogue = [
  { area: 'examples', says: 'whether the documented exchanges hold', requirements: examples },
  { area: 'routes', says: 'which paths lead to the operation', requirements: routes },
  { area: 'verbs', says: 'which verbs it answers', requirements: verbs },
  { area: 'authentication', says: 'who is let in', requirements: authentication },
  { area: 'formats', says: 'what bodies it reads and writes', requirements: formats },
  { area: 'response-status', says: 'how it tells an error', requirements: responseStatus },
  { area: 'validation', says: 'what a request may be', requirements: validation },
  { area: 'types', says: 'what values of each type are read and written as', requirements: types },
  { area: 'lifecycle', says: 'what becomes of a subject over several calls', requirements: lifecycle },
  { area: 'transport', says: 'how answers are carried', requirements: transport },
  { area: 'documentation', says: 'where the page itself is in error', requirements: documentation },
];

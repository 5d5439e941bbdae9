import type { Catalogue } from '../src/model/requirement.ts';
import { authentication } from './authentication/authentication.requirements.ts';
import { requestsInFormats } from './formats/requests.requirements.ts';
import { selectionOfFormats } from './formats/selection.requirements.ts';
import { valuesOfFormats } from './formats/values.requirements.ts';
import { responseStatus } from './response-status/response-status.requirements.ts';
import { routes } from './routes/routes.requirements.ts';
import { transport } from './transport/transport.requirements.ts';
import { verbs } from './verbs/verbs.requirements.ts';

/** Everything that is promised, area by area, in the order it is run and reported. */
export const catalogue: Catalogue = [
  { area: 'routes', says: 'which paths lead to the operation', requirements: routes },
  { area: 'verbs', says: 'which verbs it answers', requirements: verbs },
  { area: 'authentication', says: 'who is let in', requirements: authentication },
  { area: 'formats', says: 'what bodies it reads and writes', requirements: [...requestsInFormats, ...selectionOfFormats, ...valuesOfFormats] },
  { area: 'response-status', says: 'how it tells an error', requirements: responseStatus },
  { area: 'transport', says: 'how answers are carried', requirements: transport },
];

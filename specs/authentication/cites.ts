import type { Citation } from '../../src/model/requirement.ts';

export const requiresAuthentication: Citation = {
  source: 'operation-page',
  at: 'authentication',
  quote: 'Requires Authentication',
};
export const unauthorized: Citation = {
  source: 'rfc9110',
  at: '15.5.2',
  quote: 'has not been applied because it lacks valid authentication credentials for the target resource',
};
export const challenged: Citation = {
  source: 'rfc9110',
  at: '15.5.2',
  quote: 'The server generating a 401 response MUST send a WWW-Authenticate header field',
};
export const refusedForThose: Citation = {
  source: 'rfc9110',
  at: '15.5.2',
  quote: 'the 401 response indicates that authorization has been refused for those credentials',
};
export const invalidToken: Citation = {
  source: 'rfc6750',
  at: '3.1',
  quote: 'The access token provided is expired, revoked, malformed, or invalid for other reasons',
};
export const rejected: Citation = {
  source: 'servicestack-authentication',
  at: 'Authenticating with .NET Service Clients',
  quote: 'will get rejected with a 401 Unauthorized',
};

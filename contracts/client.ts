import { JsonServiceClient, type IReturn } from '@servicestack/client';
import { CookieJar } from 'tough-cookie';
import { ConnectionStatusUpdateResponse, type ConnectionStatusUpdate } from './connection-status-update/dtos.ts';
import type { Route } from '../src/model/contract.ts';
import { Answer } from './answer.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';

export { ServiceError } from './service-error.ts';

/** The verbs a call can be made with; GET and DELETE carry their members in the query string. */
export type ClientVerb = 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET';

/** What a client presents; a session is opened with the first call and kept. */
export type ClientCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic' | 'session'; readonly userName: string; readonly password: string };

/** The members of the request DTO, as a plain object. */
export type UpdateRequest = { readonly [M in keyof ConnectionStatusUpdate]: ConnectionStatusUpdate[M] };

export interface ClientOptions {
  readonly credentials: ClientCredentials;
  /** Milliseconds to wait for one answer, its body included; 30 000 when left out. */
  readonly timeoutMs?: number;
}

/** A client for the operation: ServiceStack's own JsonServiceClient, its edges made safe. */
export class ConnectionsClient {
  readonly #base: string;
  readonly #options: ClientOptions;
  readonly #cookies = new CookieJar();
  #signedIn: Promise<ConnectionStatusUpdateResponse> | undefined;

  /**
   * @param baseUrl everything before the contract's prefix: `https://host` or `https://host/base`
   * @param options credentials, and how long to wait
   * @throws TypeError when the URL is not http or https, or carries a user name or password
   */
  constructor(baseUrl: string, options: ClientOptions) {
    this.#base = checkedBase(baseUrl);
    this.#options = options;
  }

  /**
   * Cancels a connection.
   *
   * @param request the connection, and the contact, contact type and role linked to it
   * @param verb POST unless another is named
   * @throws ServiceError when the answer is no success, or none came
   */
  async cancel(request: UpdateRequest, verb: ClientVerb = 'POST'): Promise<ConnectionStatusUpdateResponse> {
    return this.#send('cancel', request, verb);
  }

  /**
   * Removes a connection.
   *
   * @param request the connection, and the contact, contact type and role linked to it
   * @param verb POST unless another is named
   * @throws ServiceError when the answer is no success, or none came
   */
  async remove(request: UpdateRequest, verb: ClientVerb = 'POST'): Promise<ConnectionStatusUpdateResponse> {
    return this.#send('remove', request, verb);
  }

  async #send(route: string, request: UpdateRequest, verb: ClientVerb): Promise<ConnectionStatusUpdateResponse> {
    const url = this.#base + pathOf(route, request);
    if (this.#options.credentials.kind === 'session') await this.#signIn();
    return this.#call(verb, url, new StatusUpdate(request));
  }

  /** A login that failed is tried again by the next call; one that succeeded is shared by all of them. */
  async #signIn(): Promise<void> {
    const { credentials } = this.#options;
    if (credentials.kind !== 'session') return;
    const login = new Login(credentials.userName, credentials.password);
    this.#signedIn ??= this.#call('POST', `${this.#base}${contract.prefix}/auth/credentials`, login);
    try {
      await this.#signedIn;
    } catch (error) {
      this.#signedIn = undefined;
      throw error;
    }
  }

  /** The library keeps state that answers write to, so each call gets an instance of its own. */
  async #call<T>(verb: ClientVerb, url: string, request: IReturn<T>): Promise<ConnectionStatusUpdateResponse> {
    const answer = new Answer(`${verb} ${url}`);
    const client = this.#connect(url, answer);
    try {
      await drive(client, verb, url, request);
    } catch (error) {
      throw answer.refusal(error);
    }
    return answer.success();
  }

  #connect(url: string, answer: Answer): JsonServiceClient {
    const client = new JsonServiceClient(this.#base);
    const { credentials, timeoutMs = 30_000 } = this.#options;
    // The library splits cookies at the comma of their expiry date and encodes their values anew: the jar does neither.
    client.manageCookies = false;
    client.enableAutoRefreshToken = false;
    // Without an Accept header the framework picks the format by the request's type, and HTML when there is none.
    client.headers.set('Accept', 'application/json');
    const cookie = this.#cookies.getCookieStringSync(url);
    if (cookie !== '') client.headers.set('Cookie', cookie);
    if (credentials.kind === 'bearer') client.bearerToken = credentials.token;
    if (credentials.kind === 'basic') client.setCredentials(credentials.userName, credentials.password);
    client.requestFilter = (init) => {
      // A followed redirect turns a POST into a GET of a login page, and that into a success.
      init.redirect = 'manual';
      init.signal = AbortSignal.timeout(timeoutMs);
    };
    client.responseFilter = (response) => {
      for (const line of response.headers.getSetCookie()) {
        this.#cookies.setCookieSync(line, url, { ignoreError: true });
      }
      answer.begins(response);
    };
    client.parseJson = (response) => answer.read(response);
    return client;
  }
}

/** The request as the library wants it: only own members go on the wire. */
class StatusUpdate implements IReturn<ConnectionStatusUpdateResponse> {
  constructor(members: UpdateRequest) {
    Object.assign(this, members);
  }
  createResponse(): ConnectionStatusUpdateResponse {
    return new ConnectionStatusUpdateResponse();
  }
  getTypeName(): string {
    return contract.request;
  }
}

class Login implements IReturn<object> {
  readonly provider = 'credentials';
  readonly userName: string;
  readonly password: string;

  constructor(userName: string, password: string) {
    this.userName = userName;
    this.password = password;
  }
  createResponse(): object {
    return {};
  }
  getTypeName(): string {
    return 'Authenticate';
  }
}

/** Each verb by the library call that keeps the URL as it is given. */
function drive<T>(client: JsonServiceClient, verb: ClientVerb, url: string, request: IReturn<T>): Promise<T> {
  switch (verb) {
    case 'POST':
      return client.postToUrl(url, request);
    case 'PUT':
      return client.putToUrl(url, request);
    case 'PATCH':
      return client.patchToUrl(url, request);
    case 'DELETE':
      return client.delete(url, request);
    case 'GET':
      return client.get(url, request);
  }
}

function checkedBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      'the base URL of the client is no http or https URL: give everything before the path of the API',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('the base URL of the client carries a user name or password: give them as credentials');
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function pathOf(name: string, request: UpdateRequest): string {
  const route: Route | undefined = contract.routes.find((r) => r.name === name);
  if (route === undefined) throw new TypeError(`the contract has no route '${name}'`);
  const members = new Map<string, unknown>(Object.entries(request));
  return route.path.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = members.get(member);
    // An empty segment, `.` or `..` would name another resource than the one asked for.
    if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) {
      throw new TypeError(`${member} is part of the path of ${name}: give it as a text that names a connection`);
    }
    return encodeURIComponent(value);
  });
}

import type { Header } from '../model/exchange.ts';
import type { MemberValues, Payload } from '../model/requirement.ts';
import { carriesBody } from '../values/http.ts';

/** The members where a verb usually carries them: in a JSON body, or in the query string. */
export function carried(verb: string, members: MemberValues): Payload {
  return carriesBody(verb) ? { in: 'body', as: 'json', members } : { in: 'query', members };
}

/** The members as a form that a browser posts. */
export function asForm(members: MemberValues): Payload {
  return { in: 'body', as: 'form', members };
}

/** The header by which a request asks to be taken for one of another verb. */
export function overridingBy(verb: string): Header {
  return ['X-Http-Method-Override', verb];
}

/** What parts are set apart by: it stands in no value that a request carries. */
const boundary = 'a-boundary';

/**
 * The members as a form that a browser posts where it has files, too (RFC 7578 §4): texts alone, each in a part of its own.
 *
 * @param named whether the Content-Type says what the parts are set apart by; without, nobody can read them
 */
export function multipart(
  members: MemberValues,
  named: 'with its boundary' | 'without' = 'with its boundary',
): Payload {
  const parts = Object.entries(members).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`]
      : [],
  );
  return {
    in: 'raw',
    contentType: named === 'without' ? 'multipart/form-data' : `multipart/form-data; boundary=${boundary}`,
    text: `${parts.join('')}--${boundary}--\r\n`,
  };
}

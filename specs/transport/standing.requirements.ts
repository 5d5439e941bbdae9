import {
  framed,
  headAsGet,
  identityKept,
  noTrace,
  notForOthers,
  oneContentType,
  readsAsSaid,
  trueEncoding,
} from '../../src/catalogue/expect/standing.ts';
import { standing } from '../../src/catalogue/requirement.ts';
import type { Requirement } from '../../src/model/requirement.ts';

/** What holds of every answer that a run records, whoever asked and whatever for. */
export const standingOnes: readonly Requirement[] = [
  standing('transport', {
    id: 'WIRE-007',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'no answer, to whatever request, tells a stack trace or a server path outside debug mode',
    why: 'A stranger learns the inside of the service from a failure that nobody thought of.',
    cites: [
      {
        source: 'servicestack-validation',
        at: 'Enabling StackTraces',
        quote: 'display StackTraces in your Response DTOs are disabled',
      },
    ],
    when: { debug: false },
    standing: true,
    expect: [noTrace],
  }),
  standing('transport', {
    id: 'WIRE-008',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'no answer has two Content-Types, and none that says something has none',
    why: 'Each client picks another of the two, or guesses.',
    cites: [
      {
        source: 'rfc9110',
        at: '5.3',
        quote: 'a sender MUST NOT generate multiple field lines with the same name in a message',
      },
    ],
    standing: true,
    expect: [oneContentType],
  }),
  standing('transport', {
    id: 'WIRE-009',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'the Content-Encoding of every answer is true of its body',
    why: 'A client decodes what was not encoded, or reads bytes that it cannot read.',
    cites: [
      {
        source: 'rfc9110',
        at: '8.4',
        quote: 'indicates what content codings have been applied to the representation',
      },
    ],
    standing: true,
    expect: [trueEncoding],
  }),
  standing('transport', {
    id: 'WIRE-010',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'http',
    title: 'no answer is compressed where identity alone was asked for',
    why: 'A client that cannot decompress gets bytes that it cannot read.',
    cites: [
      { source: 'rfc9110', at: '12.5.3', quote: 'the origin server SHOULD send a response without any content coding' },
    ],
    standing: true,
    expect: [identityKept],
  }),
  standing('transport', {
    id: 'WIRE-011',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'every body reads in the form that its Content-Type says',
    why: 'A client cannot read the answer, and does not learn what was wrong.',
    cites: [{ source: 'rfc9110', at: '8.3', quote: 'the media type of the associated representation' }],
    standing: true,
    expect: [readsAsSaid],
  }),
  standing('transport', {
    id: 'WIRE-012',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'every answer, to whatever request, is framed as HTTP prescribes and comes to its end',
    why: 'What is left over would be taken for the answer to the next request.',
    cites: [
      {
        source: 'rfc9112',
        at: '6.3',
        quote: 'its decimal value defines the expected message body length in octets',
      },
    ],
    standing: true,
    expect: [framed],
  }),
  standing('transport', {
    id: 'WIRE-013',
    level: 'SHOULD',
    breaks: 'leaked',
    basis: 'http',
    title: 'no success of an operation that changes something says that others may keep it',
    why: 'A cache answers the next call in the place of the service, and nothing is done.',
    cites: [
      {
        source: 'rfc9110',
        at: '9.3.3',
        quote: 'Responses to POST requests are only cacheable when they include explicit freshness information',
      },
    ],
    standing: true,
    expect: [notForOthers],
  }),
  standing('transport', {
    id: 'WIRE-014',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'http',
    title: 'a HEAD is answered with the status and the Content-Type of the same by GET',
    why: 'A client that asks first learns something else than what it will get.',
    cites: [
      {
        source: 'rfc9110',
        at: '9.3.2',
        quote: 'The server SHOULD send the same header fields in response to a HEAD request',
      },
    ],
    when: { hosting: ['classic', 'mapped'] },
    standing: true,
    expect: [headAsGet],
  }),
];

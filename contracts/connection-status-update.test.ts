import { expect } from 'chai';
import { schemas } from '../schemas/index.ts';
import { readBody } from '../src/formats/body.ts';
import type { DocumentedExchange, FormatName } from '../src/model/contract.ts';
import type { PlainValue } from '../src/model/value.ts';
import { membersOf } from '../src/schema/members.ts';
import { shapeOf } from '../src/schema/shape.ts';
import type { Violation } from '../src/schema/validator.ts';
import { createValidator } from '../src/schema/validator.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { answeredDto } from '../src/values/contract.ts';

type Part = 'request' | 'response';
const dtos = { request: contract.request, response: answeredDto(contract) ?? '' } as const;

const validator = createValidator(schemas);
const members = membersOf(contract, schemas);
const printed = contract.exchanges.flatMap((exchange) =>
  (['request', 'response'] as const).map((part) => ({ exchange, part })),
);

function read(exchange: DocumentedExchange, part: Part, format: FormatName = exchange.format) {
  return readBody(format, exchange[part].body, shapeOf(schemas, dtos[part]));
}

function problems(exchange: DocumentedExchange, part: Part, format?: FormatName): readonly Violation[] | 'unreadable' {
  const reading = read(exchange, part, format);
  return reading.ok ? validator.violations(dtos[part], reading.value) : 'unreadable';
}

function valueOf(exchange: DocumentedExchange, part: Part, format?: FormatName): PlainValue {
  const reading = read(exchange, part, format);
  return reading.ok
    ? reading.value
    : expect.fail(`${exchange.format} ${part}: ${reading.problem} at ${reading.position}`);
}

function documented(format: FormatName): DocumentedExchange {
  return contract.exchanges.find((exchange) => exchange.format === format)!;
}

describe('the contract', () => {
  it('documents one exchange per format, on one of its routes', () => {
    expect(contract.exchanges.map(({ format }) => format)).to.have.members(contract.formats.map(({ name }) => name));
    const paths = contract.routes.map(({ path }) => path);
    for (const { request } of contract.exchanges) expect(paths).to.include(request.path);
  });

  it('has its routes below the prefix, each with a name of its own', () => {
    for (const { path } of contract.routes) expect(path.startsWith(`${contract.prefix}/`), path).to.be.true;
    expect(new Set(contract.routes.map(({ name }) => name))).to.have.property('size', contract.routes.length);
  });

  it('agrees with the DTOs: placeholders are members, DTOs and descriptions are the same', () => {
    expect(members.filter((member) => member.in === 'path').map(({ name }) => name)).to.deep.equal(['ConnectionId']);
    expect(schemas[contract.request]?.description).to.equal(contract.description);
    expect(schemas).to.include.all.keys(dtos.request, dtos.response);
  });

  it('is contradicted by its pages in the documented errors, and nowhere else', () => {
    const bodies = printed
      .filter(({ exchange, part }) => problems(exchange, part).length > 0)
      .map(({ exchange, part }) => `printed-body ${exchange.format} ${part}`);
    const names = contract.formats.flatMap(({ name, mediaType, suffix, query, printed: page }) => [
      ...(page.mediaType === mediaType ? [] : [`printed-media-type ${name} selection`]),
      ...(page.suffix === suffix && page.query === query ? [] : [`printed-suffix ${name} selection`]),
    ]);
    const errors = contract.documentationErrors.map(({ id, format, part }) => `${id} ${format} ${part}`);
    expect(errors).to.have.members([...bodies, ...names]);
  });

  it('prints each media type in the headers of its exchange', () => {
    for (const { name, printed: page } of contract.formats) {
      const { request, response } = documented(name);
      expect(request.headers).to.deep.equal({ Accept: page.mediaType, 'Content-Type': page.mediaType });
      expect(response.headers).to.deep.equal({ 'Content-Type': page.mediaType });
    }
  });

  for (const { exchange, part } of printed) {
    const erroneous = contract.documentationErrors.some(
      (error) => error.format === exchange.format && error.part === part,
    );
    if (!erroneous) {
      it(`prints a ${exchange.format} ${part} that reads as its DTO, with exactly its members`, () => {
        expect(problems(exchange, part)).to.deep.equal([]);
        expect(valueOf(exchange, part)).to.deep.equal(valueOf(documented('json'), part));
      });
    }
  }

  it('prints a request and a response with every member of their DTOs', () => {
    expect(valueOf(documented('json'), 'request')).to.have.all.keys(members.map(({ name }) => name));
    const { ResponseStatus: status } = valueOf(documented('json'), 'response') as {
      ResponseStatus: { Errors: object[] };
    };
    expect(status).to.have.all.keys(Object.keys(schemas['ResponseStatus']!.properties!));
    expect(status.Errors).to.have.lengthOf(1);
    expect(status.Errors[0]).to.have.all.keys(Object.keys(schemas['ResponseError']!.properties!));
  });

  it('prints csv bodies that are JSON, and right as such', () => {
    for (const part of ['request', 'response'] as const) {
      expect(problems(documented('csv'), part)).to.equal('unreadable');
      expect(problems(documented('csv'), part, 'json')).to.deep.equal([]);
    }
  });

  it('prints a jsv request that leaves out every member, and is wrong in nothing else', () => {
    expect(valueOf(documented('jsv'), 'request')).to.deep.equal({});
    expect(problems(documented('jsv'), 'request')).to.deep.equal(
      members.map(({ name }) => ({ at: name, expected: 'present', actual: 'absent' })),
    );
  });

  it('prints other where jsonl is meant, and text/jsv where application/jsv is', () => {
    const format = (name: FormatName) => contract.formats.find((each) => each.name === name);
    expect(format('jsonl')).to.deep.include({ suffix: 'jsonl', query: 'jsonl' });
    expect(format('jsonl')?.printed).to.deep.include({ suffix: 'other', query: 'other' });
    expect(format('jsv')?.mediaType).to.equal('application/jsv');
    expect(format('jsv')?.printed.mediaType).to.equal('text/jsv');
  });
});

import { expect } from 'chai';
import type { Contract } from '../model/contract.ts';
import type { Script } from '../model/exchange.ts';
import type { Member } from '../model/schema.ts';
import { answered, json } from './answered.fixture.ts';
import { whyUntold } from './untold.ts';

const text: Member = { name: 'Key', type: { kind: 'string' }, required: true, in: 'body', description: '' };
const told: Member = { ...text, net: 'String' };
const contract = (path?: string): Contract =>
  ({ request: 'Ask', unknown: path === undefined ? [] : [{ path, why: '' }] }) as unknown as Contract;
const script = (body: string | null): Script => ({ steps: [{ body }] }) as unknown as Script;
const refusal = (named: string | null, code = 'SerializationException') =>
  json(400, { ResponseStatus: { ErrorCode: code, Errors: named === null ? [] : [{ FieldName: named }] } });

describe('what no document tells', () => {
  const why = (
    x: ReturnType<typeof answered>,
    members: readonly Member[],
    { path, body = null, refuses }: { path?: string; body?: string | null; refuses?: 'every request' } = {},
  ): string | null => whyUntold(refuses, script(body), [x], { contract: contract(path), members });

  it('is the type of a text that a host refuses by name', () => {
    expect(why(refusal('Key'), [text])).to.match(/a drawn value of Key was refused/);
    expect(why(refusal('key'), [{ ...text, name: 'x-y', property: 'Key' }])).to.match(/x-y/);
    expect(why(refusal('Other'), [text])).to.equal(null);
    expect(why(refusal('Key', 'NotEmpty'), [text])).to.equal(null);
    expect(why(refusal('Key'), [told])).to.equal(null);
    expect(why(refusal('Key'), [{ ...text, example: 'a' }])).to.equal(null);
    expect(why(refusal('Key'), [{ ...text, type: { kind: 'number' } }])).to.equal(null);
    expect(why(refusal('Key'), [{ ...text, type: { kind: 'list', of: { kind: 'string' } } }])).not.to.equal(null);
  });

  it('is the type of one in a body that System.Text.Json cannot read, where no refusal was asked for', () => {
    expect(why(refusal(null), [text], { body: '{"Key":"a"}' })).to.match(/Key/);
    expect(why(refusal(null), [text], { body: '{}' })).to.equal(null);
    expect(why(refusal(null), [text], { body: '{"Key":"a"}', refuses: 'every request' })).to.equal(null);
  });

  it('is whether an enum is one of flags, also where a map or a list holds some', () => {
    const [path, body] = ['types.Days.enum.flags', '{"Key":{"key":"Monday"}}'];
    for (const net of ['Days', 'Days[]', 'List<Days>', 'Dictionary<String,Days>'])
      expect(why(refusal(null), [{ ...text, net }], { path, body }), net).to.match(/Key/);
    expect(why(refusal(null), [{ ...text, net: 'Hours' }], { path, body })).to.equal(null);
    expect(why(refusal(null), [{ ...text, net: 'Days', example: 'Monday' }], { path, body })).to.equal(null);
  });

  it('is the type of a text for which a person is shown a page that names nobody', () => {
    const page = (body: string): ReturnType<typeof answered> =>
      answered({ status: 400, headers: [['Content-Type', 'text/html']], text: body });
    expect(why(page('<h1>SerializationException</h1>'), [text], { refuses: 'every request' })).to.match(/Key/);
    expect(why(page('<h1>SerializationException</h1>'), [told])).to.equal(null);
    expect(why(page('<h1>NotEmpty</h1>'), [text])).to.equal(null);
  });

  it('is what the wire calls a member', () => {
    for (const path of ['types.Ask.members', 'types.Ask.Key.name']) {
      expect(why(refusal('x-y'), [told], { path })).to.match(/what the wire calls the members of Ask/);
      expect(why(answered({ status: 200 }), [told], { path, refuses: 'every request' })).not.to.equal(null);
      expect(why(answered({ status: 200 }), [told], { path })).to.equal(null);
      expect(why(refusal('key'), [told], { path })).to.equal(null);
    }
    expect(why(refusal('x-y'), [told], { path: 'types.Other.members' })).to.equal(null);
  });
});

import { expect } from 'chai';
import type { Member } from '../model/schema.ts';
import { readSubjects, subjectsFile } from './subjects-file.ts';

const member = (name: string, where: Member['in']): Member => ({
  name,
  in: where,
  required: true,
  description: '',
  type: { kind: 'string', format: 'uuid' },
});
const MEMBERS = [member('Id', 'path'), member('Other', 'body')];
const A = '11111111-1111-4111-8111-0000000000aa';
const B = '22222222-2222-4222-8222-000000000002';

describe('a file of subjects', () => {
  const problem = (text: string | undefined): string => {
    const read = readSubjects(text, 'list.json', MEMBERS);
    return read.ok ? 'ok' : read.problem;
  };

  it('is read, other members set aside', () => {
    expect(readSubjects(JSON.stringify([{ Id: A, Other: B, note: 1 }]), 'list.json', MEMBERS)).to.deep.equal({
      ok: true,
      subjects: [{ Id: A, Other: B }],
    });
  });
  const refused: readonly (readonly [string, string | undefined, string | RegExp])[] = [
    ['missing', undefined, 'list.json does not exist; name a JSON file that lists subjects'],
    ['not JSON', '[{', /^list\.json is not JSON: [^\n]+$/],
    ['no list', '{}', 'list.json is not a list; write a JSON array of objects with Id, Other'],
    ['empty', '[]', 'list.json is an empty list; write at least one object with Id, Other'],
    ['of something else', '["a"]', 'list.json entry 1 is not an object'],
    ['without a member', JSON.stringify([{ Id: A }]), 'list.json entry 1 has no Other'],
    [
      'with a member of another type',
      JSON.stringify([{ Id: A, Other: 1 }]),
      'list.json entry 1 has a Other that is not a string',
    ],
    [
      'with a malformed member',
      JSON.stringify([
        { Id: A, Other: B },
        { Id: B, Other: `{${B}}` },
      ]),
      'list.json entry 2 has a Other that is not a Guid: 8-4-4-4-12 hexadecimal digits',
    ],
    [
      'with a zero id',
      JSON.stringify([{ Id: '00000000-0000-0000-0000-000000000000', Other: B }]),
      'list.json entry 1 has the zero Guid as Id, which names nothing',
    ],
    [
      'repeating an id in another casing',
      JSON.stringify([
        { Id: A, Other: A },
        { Id: B, Other: A },
        { Id: A.toUpperCase(), Other: B },
      ]),
      `list.json entry 3 repeats the id ${A} of entry 1; each is used at most once`,
    ],
  ];
  for (const [what, text, says] of refused) {
    it(`is refused when it is ${what}, in one sentence`, () => {
      if (typeof says === 'string') expect(problem(text)).to.equal(says);
      else expect(problem(text)).to.match(says);
    });
  }

  it('hands each subject out once, in order, in the one state it has', async () => {
    const source = subjectsFile([{ Id: A }, { Id: B }], 'fresh', 'the file list.json');
    expect([source.offers('fresh'), source.offers('stale'), source.left()]).to.deep.equal([true, false, 2]);
    expect(await source.setUp('stale')).to.have.property('kind', 'failed');
    expect(await source.setUp('fresh')).to.deep.equal({ kind: 'ready', subject: { Id: A } });
    await source.tearDown('fresh', { Id: A });
    expect(source.left()).to.equal(1);
    await source.setUp('fresh');
    expect(await source.setUp('fresh')).to.deep.equal({
      kind: 'exhausted',
      reason: 'the file list.json is used up: all 2 subjects have been worked on',
    });
  });
});

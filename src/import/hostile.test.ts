import { expect } from 'chai';
import fc from 'fast-check';
import { contractFrom } from './contract.ts';
import { recordedIn, recordedText } from './documents.fixture.ts';
import { readDocument } from './document.ts';
import { UnreadableSource } from './facts.ts';
import { filesOf } from './files.ts';
import { readHost, readOperation, type Answer } from './host.ts';
import { csharp, metadata, python, typescript } from './forms.fixture.ts';

const documents: readonly (readonly [name: string, text: string])[] = [
  ...[
    'types-metadata.json',
    'operation-page.txt',
    ...recordedIn('dtos'),
    ...recordedIn('schema'),
    'pages/SaveTool.json.html',
    'pages/SaveTool.json.csharp.html',
    'pages/FindTools.xml.html',
  ].map((name) => [name, recordedText(name)] as const),
  ['metadata', metadata],
  ['csharp', csharp],
  ['typescript', typescript],
  ['python', python],
];

/** Reads whatever a document says; what is no document ends in one sentence. */
function outcome(text: string): 'read' | 'refused' {
  try {
    const document = readDocument(text, 'source');
    for (const operation of document.operations.slice(0, 3)) filesOf(contractFrom([document.facts(operation)]));
    return 'read';
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error;
    expect(error.message).to.match(/^source\b/);
    expect(error.message.split('\n')).to.have.length(1);
    return 'refused';
  }
}

describe('documents that somebody has tampered with', () => {
  const [one] = [fc.constantFrom(...documents)];
  const place = fc.double({ min: 0, max: 1, noNaN: true });

  it('are read or refused in one sentence, wherever they are cut off', () => {
    fc.assert(
      fc.property(one, place, ([, text], at) => {
        outcome(text.slice(0, Math.floor(text.length * at)));
      }),
      { numRuns: 150 },
    );
  });

  it('are read or refused in one sentence, whatever is put into them', () => {
    const what = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '\\',
      '\n',
      '\0',
      '__proto__',
      '<T>',
      '</table>',
      '<td>',
      '???',
      'null',
      '[]',
      '\t',
      '()',
      '`',
      '$&',
      '\u2028',
      ': ',
    );
    fc.assert(
      fc.property(one, place, what, fc.nat(40), ([, text], at, more, less) => {
        const from = Math.floor(text.length * at);
        outcome(`${text.slice(0, from)}${more}${text.slice(from + less)}`);
      }),
      { numRuns: 400 },
    );
  });

  it('cannot name a place outside the folder that is written, nor hide what dtos.ts says', () => {
    for (const name of ['../../x', '..', 'a/b', 'C:x', 'a\u202eb', ''])
      expect(outcome(metadata.replaceAll('"CountThem"', JSON.stringify(name))), name).to.equal('refused');
    const document = readDocument(metadata.replaceAll('"Total"', '"To\u202etal"'), 'source');
    const dtos = [...filesOf(contractFrom([document.facts('PageAccounts')]))].find(([file]) => file === 'dtos.ts')?.[1];
    expect(dtos).to.include('"To\\u202etal"').and.not.include('\u202e');
  });

  it('are no pages of an operation where they speak of all, which would be read anew for each', async () => {
    const everywhere: Answer = { kind: 'answer', status: 200, mediaType: '', location: null, text: metadata };
    const { documents } = await readHost(() => Promise.resolve(everywhere), 'source');
    let refusal: unknown = null;
    await readOperation(() => Promise.resolve(everywhere), 'source', 'PageAccounts', documents).catch(
      (error: unknown) => (refusal = error),
    );
    expect(refusal)
      .to.be.instanceOf(UnreadableSource)
      .with.property('message')
      .that.matches(/is no page/);
  });

  it('tell apart types of one name by their namespaces, and take the first where none fits', () => {
    const type = (namespace: string, member: string): object => ({
      Name: 'Part',
      Namespace: namespace,
      Properties: [{ Name: member, Type: 'Int32' }],
    });
    const operation = (name: string, namespace: string): object => ({
      Request: { Name: name, Properties: [{ Name: 'Its', Type: 'Part', Namespace: namespace }] },
    });
    const text = JSON.stringify({
      Types: [type('A', 'OfA'), type('B', 'OfB')],
      Operations: [operation('Second', 'B'), operation('Unknown', 'C')],
    });
    const membersOf = (name: string): unknown =>
      contractFrom([readDocument(text, 'source').facts(name)]).types[1]?.members.map((member) => member.name);
    expect([membersOf('Second'), membersOf('Unknown')]).to.deep.equal([['OfB'], ['OfA']]);
  });

  it('of names that are everywhere in JavaScript are read', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])
      expect(outcome(metadata.replaceAll('Audited', name).replaceAll('"Owner"', `"${name}"`))).to.equal('read');
  });
});

import type { PlainObject, PlainValue } from '../../../model/value.ts';
import type { Call, Mutate, Outcome } from '../../behaviour.ts';
import { fieldError, refusal } from '../../errors.ts';
import { textOf } from '../../rendering/json.ts';

/**
 * The types host's own business: what its ten operations answer (`recorded/operations`). Variations of the provider, so
 * that only what is held against the recordings has them.
 */
export const workshop: Readonly<Record<string, Mutate>> = {
  GetTool: doing(({ request }) => {
    const tool = tools.find(({ Id }) => Id === request['Id']);
    return tool === undefined ? refusal('service', 404, 'NotFound', `No tool ${textOf(request['Id'])}`) : done(tool);
  }),
  FindTools: doing(({ request: { Name: name = null, Colour: colour = null, Ids: ids = null } }) =>
    done(
      tools.filter(
        (tool) =>
          (name === null || tool['Name'] === name) &&
          (colour === null || tool['Colour'] === colour) &&
          (!Array.isArray(ids) || ids.includes(tool['Id'])),
      ),
    ),
  ),
  ReadFile: doing(({ request: { Path: path = null, As: kind = null } }) => {
    switch (kind) {
      case 'text':
        return done(base64(`text of ${textOf(path)}`));
      case 'none':
        return done(null);
      case 'file':
        return {
          kind: 'success',
          value: image,
          headers: [
            ['Content-Type', 'image/png'],
            ['Content-Disposition', 'attachment; filename=a.png'],
          ],
        };
      default:
        return done(bytes);
    }
  }),
  CountTools: doing(({ request }) =>
    request['Broken'] === 'true'
      ? refusal('service', 500, 'InvalidOperationException', 'broken')
      : done({ Count: '2' }),
  ),
  WriteLog: doing(({ request: { Text: text = null } }) => {
    const message = 'Value cannot be null.';
    if (text !== null) return done(null);
    return refusal('service', 400, 'ArgumentNullException', `${message} (Parameter 'Text')`, {
      Errors: [fieldError('ArgumentNullException', 'Text', message)],
    });
  }),
  SaveTool: doing(({ request: { Id: id = null, Name: name = null, Price: price = '0', Colour: colour = '0' } }) => {
    const Id = id ?? '3';
    return done({ Id, Result: { Id, Name: name, Price: price, Bought: '0001-01-01T00:00:00', Colour: colour } });
  }),
  DeleteTool: doing(() => done(null)),
};

const tools: readonly PlainObject[] = [
  { Id: '1', Name: 'Saw', Price: '12.50', Bought: '2020-01-02T03:04:05Z', Colour: '2' },
  { Id: '2', Name: 'Axe', Price: '7', Bought: '2021-06-07T00:00:00' },
];

const bytes = 'AQID';
const image = 'AQID';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function done(value: PlainValue): Outcome {
  return { kind: 'success', value };
}

function doing(execute: (call: Call) => Outcome): Mutate {
  return (b) => ({ ...b, execute });
}

import { parseJson } from '../src/formats/json.ts';
import { compare } from './measure.ts';

const times = 20_000;
const error = JSON.stringify({
  ResponseStatus: {
    ErrorCode: 'NotEmpty',
    Message: "'Contact Id' must not be empty.",
    Errors: [
      {
        ErrorCode: 'NotEmpty',
        FieldName: 'ContactId',
        Message: "'Contact Id' must not be empty.",
        Meta: { PropertyName: 'Contact Id' },
      },
    ],
  },
});

const often = (read: (text: string) => unknown) => (): void => {
  for (let i = 0; i < times; i += 1) read(error);
};

await compare(`an error of ${error.length} characters, read ${times} times`, 7, [
  { name: 'JSON.parse, which keeps the last of two equal names in silence', work: often((text) => JSON.parse(text)) },
  { name: 'the strict reader of this suite', work: often(parseJson) },
]);

import { expect } from 'chai';
import { answered, contract, evidence, json } from '../answered.fixture.ts';
import { mediaTypeOf, uncompressed, utf8, wellFormed } from './content-type.ts';

const ok = (of: typeof utf8, x: ReturnType<typeof json>) => of.judge(x, evidence([x])).length === 0;
const typed = (type: string) => answered({ headers: [['content-type', type]], text: '{}' });

describe('the content type', () => {
  it('is the media type of the format, whatever its parameters', () => {
    const asked = mediaTypeOf(() => contract.formats[0]);
    expect(ok(asked, typed('application/json'))).to.equal(true);
    expect(ok(asked, typed('Application/JSON; charset=utf-8'))).to.equal(true);
    expect(ok(asked, typed('text/html'))).to.equal(false);
    expect(ok(asked, answered())).to.equal(false);
  });

  it('names UTF-8 or no charset', () => {
    expect(
      ['application/json', 'text/csv; charset=UTF-8', 'text/csv;charset="utf-8"'].every((t) => ok(utf8, typed(t))),
    ).to.equal(true);
    expect(ok(utf8, typed('application/json; charset=iso-8859-1'))).to.equal(false);
    expect(ok(utf8, answered({ text: 'K\uFFFDln' }))).to.equal(false);
  });

  it('comes with a body that can be read', () => {
    expect(ok(wellFormed, json(200, {}))).to.equal(true);
    expect(ok(wellFormed, answered())).to.equal(false);
    expect(ok(wellFormed, answered({ decoded: { kind: 'foreign', mediaType: 'text/html' } }))).to.equal(false);
    const broken = { ok: false, problem: 'a comma too many', position: 3 } as const;
    expect(ok(wellFormed, answered({ decoded: { kind: 'read', format: 'json', reading: broken } }))).to.equal(false);
  });

  it('comes without a content coding', () => {
    expect(ok(uncompressed, json(200, {}))).to.equal(true);
    expect(ok(uncompressed, json(200, {}, [['Content-Encoding', 'identity']]))).to.equal(true);
    expect(ok(uncompressed, json(200, {}, [['Content-Encoding', 'gzip']]))).to.equal(false);
  });
});

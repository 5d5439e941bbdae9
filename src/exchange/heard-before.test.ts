import { expect } from 'chai';
import { request, scripted } from './engine.fixture.ts';
import { heardBefore } from './heard-before.ts';

const document = { ...request(), method: 'GET', target: '/base/metadata' };
const paths = ['/base/metadata'];

describe('what a host says of all its operations', () => {
  it('is asked for one operation, and told to the others as it was heard', async () => {
    const inner = scripted(() => 200);
    const heard = heardBefore(inner);
    const first = await heard.for(paths).send(document);
    expect(await heard.for(paths).send(document)).to.deep.equal(first);
    expect(inner.requests).to.have.length(1);
  });

  it('is asked again where an operation asks again, so that it may be seen to change', async () => {
    const inner = scripted(() => 200);
    const heard = heardBefore(inner);
    for (const engine of [heard.for(paths), heard.for(paths)])
      for (const each of [document, document]) await engine.send(each);
    expect(inner.requests).to.have.length(2);
  });

  it('is asked again where the request differs in a header, or is of another path or method', async () => {
    const inner = scripted(() => 200);
    const heard = heardBefore(inner);
    const others = [
      { ...document, headers: [['Accept', 'text/csv'] as const] },
      { ...document, target: '/base/things' },
      { ...document, method: 'HEAD' },
    ];
    for (const engine of [heard.for(paths), heard.for(paths)])
      for (const each of [document, ...others]) await engine.send(each);
    expect(inner.requests).to.have.length(6);
  });

  it('is asked again where it was not told, or is to be forgotten', async () => {
    const refusing = scripted(() => 403);
    const refused = heardBefore(refusing);
    for (const engine of [refused.for(paths), refused.for(paths)]) await engine.send(document);
    expect(refusing.requests).to.have.length(2);

    const inner = scripted(() => 200);
    const heard = heardBefore(inner);
    await heard.for(paths).send(document);
    heard.forget();
    await heard.for(paths).send(document);
    expect(inner.requests).to.have.length(2);
  });
});

import { expect } from 'chai';
import { answered, evidence } from '../answered.fixture.ts';
import { xmlNamespace, xmlRootIsResponse } from './xml-root.ts';

const xml = (text: string) =>
  answered({ text, decoded: { kind: 'read', format: 'xml', reading: { ok: true, value: {} } } });
const ok = (of: typeof xmlNamespace, text: string) => of.judge(xml(text), evidence([xml(text)])).length === 0;

describe('the root of an XML answer', () => {
  it('is that of the response', () => {
    expect(ok(xmlRootIsResponse, '<?xml version="1.0"?><MoveResponse xmlns="urn:things"/>')).to.equal(true);
    expect(ok(xmlRootIsResponse, '<a:MoveResponse xmlns:a="urn:things"></a:MoveResponse>')).to.equal(true);
    expect(ok(xmlRootIsResponse, '<ErrorResponse/>')).to.equal(false);
  });

  it("is in the declared namespace, an ErrorResponse in the framework's", () => {
    expect(ok(xmlNamespace, "<MoveResponse xmlns:i='urn:i' xmlns='urn:things'/>")).to.equal(true);
    expect(ok(xmlNamespace, '<a:MoveResponse xmlns="urn:b" xmlns:a="urn:things"/>')).to.equal(true);
    expect(ok(xmlNamespace, '<ErrorResponse xmlns="http://schemas.servicestack.net/types"/>')).to.equal(true);
    expect(ok(xmlNamespace, '<MoveResponse xmlns="urn:others"/>')).to.equal(false);
    expect(ok(xmlNamespace, '<MoveResponse/>')).to.equal(false);
    expect(ok(xmlNamespace, '<ErrorResponse xmlns="urn:things"/>')).to.equal(false);
  });
});

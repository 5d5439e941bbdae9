import { expect } from 'chai';
import { parseReportOption } from './reporters.ts';

describe('--report', () => {
  it('reads terminal and github', () => {
    expect(parseReportOption('terminal')).to.deep.equal({ ok: true, value: { kind: 'terminal', detail: 'causes' } });
    expect(parseReportOption('github')).to.deep.equal({ ok: true, value: { kind: 'github' } });
  });

  for (const kind of ['json', 'junit', 'html', 'har', 'ledger'] as const) {
    it(`reads ${kind} with its file, which may hold an equals sign`, () => {
      expect(parseReportOption(`${kind}=out/a=b.x`)).to.deep.equal({
        ok: true,
        value: { kind, to: 'file', file: 'out/a=b.x' },
      });
    });
  }

  it('takes - for standard output', () => {
    expect(parseReportOption('json=-')).to.deep.equal({ ok: true, value: { kind: 'json', to: 'standard output' } });
  });

  for (const [text, words] of [
    ['', 'there is no such report'],
    ['JSON=x', 'there is no such report'],
    ['json', 'json needs a file: json=FILE'],
    ['html=', 'html needs a file: html=FILE'],
    ['terminal=x', 'terminal takes no file'],
    ['github=', 'github takes no file'],
  ] as const) {
    it(`refuses "${text}" in one sentence`, () => {
      const parsed = parseReportOption(text);
      expect(parsed.ok).to.equal(false);
      if (!parsed.ok) expect(parsed.problem).to.include(`--report ${text}: `).and.to.include(words);
    });
  }
});

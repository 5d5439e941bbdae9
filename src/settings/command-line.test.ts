import { expect } from 'chai';
import { commandLineOf, proposed } from './command-line.ts';
import { effectiveSettings } from './effective.ts';

describe('a proposed command line', () => {
  const given = commandLineOf(
    effectiveSettings(
      {
        target: 'https://staging.example.org',
        only: ['VERB-*', "it's"],
        report: ['html=a report.html'],
        budget: '10',
        allowChanges: true,
      },
      { env: { CONFORM_TIMEOUT: '9000' }, cwd: '/' },
    ),
  );

  it('keeps what was said on the command line, quoted for a shell, and leaves the environment to itself', () => {
    const line = proposed(given, 'https://staging.example.org/', { of: [], words: '' });
    expect(line).to.match(/^conform --target https:\/\/staging\.example\.org\/ /);
    expect(line)
      .to.include(" --only 'VERB-*' --only ")
      .and.to.include(" --report 'html=a report.html'")
      .and.to.include(' --budget 10')
      .and.to.not.include('timeout');
  });

  it('has other options in the place of those that it is about', () => {
    const of = ['allowChanges', 'connections', 'states'] as const;
    const line = proposed(given, null, { of, words: '--states URL --allow-changes' });
    expect(line).to.match(/^conform .* --states URL --allow-changes$/);
    expect(line.match(/--allow-changes/g)).to.have.length(1);
    expect(proposed(given, null, { of: ['budget'], words: '' })).to.not.include('--budget');
  });

  it('begins with the command that was given', () => {
    const gate = { ...given, command: 'conform gate --baseline b.json' };
    expect(proposed(gate, 'staging', { of: [], words: '' })).to.match(
      /^conform gate --baseline b\.json --target staging /,
    );
  });
});

import { expect } from 'chai';
import { settings, variableOf, type Setting } from './table.ts';

const rows: readonly Setting[] = settings;

describe('the settings', () => {
  for (const { name, key, flag } of rows) {
    it(`${name} has the same name as a flag, in the environment and in the file`, () => {
      const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
      expect(variableOf(name)).to.equal(`CONFORM_${words.replaceAll(' ', '_').toUpperCase()}`);
      if (flag !== null) expect(flag).to.equal(words.replaceAll(' ', '-'));
      if (key !== null) expect(key.split('.').at(-1)).to.equal(name);
    });
  }

  it('have names of their own in each of these places', () => {
    const all = [rows.map(({ name }) => name), rows.flatMap(({ key, formerly }) => [key ?? [], formerly ?? []].flat())];
    for (const names of all) expect(new Set(names).size).to.equal(names.length);
  });
});

import { zoo } from '../zoo.ts';
import { reportOf, textOf, type Files } from './seam.fixture.ts';

/** Every requirement and every mutant, in order. */
export async function catalogueFiles(): Promise<Files> {
  // One exchange is enough: what could not be sent is reported all the same.
  const { requirements } = await reportOf(['--budget', '1']);
  return new Map([
    ['requirements.txt', textOf(requirements.map(({ area, id, level, basis }) => `${area} ${id} ${level} ${basis}`))],
    [
      'mutants.txt',
      textOf(
        zoo.map(({ name, kills, areas }) =>
          kills.length === 0 ? name : `${name} kills ${kills.join(' ')} in ${areas.join(' ')}`,
        ),
      ),
    ],
  ]);
}

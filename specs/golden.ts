/**
 * `npm run golden -- --write` writes `golden/` anew: what users depend on, as the commands make it now. With `--check` it
 * only compares, and says which files differ.
 * Exit codes: 0 written or up to date, 1 not up to date, 2 called wrongly.
 */
import { differences, goldens, write } from './golden/golden.fixture.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const [option, ...more] = args;
  if (more.length > 0 || (option !== '--write' && option !== '--check')) {
    console.error(`golden: "${args.join(' ')}" is not understood: give --write or --check.`);
    return 2;
  }
  return option === '--write' ? writeAll() : checkAll();
}

async function writeAll(): Promise<0> {
  for (const golden of goldens)
    console.log(`golden: wrote specs/golden/${golden.folder}, ${await write(golden)} files`);
  return 0;
}

async function checkAll(): Promise<0 | 1> {
  let code: 0 | 1 = 0;
  for (const golden of goldens) {
    for (const difference of await differences(golden)) {
      console.error(`golden --check: ${difference}`);
      code = 1;
    }
  }
  return code;
}

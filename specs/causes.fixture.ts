import { shippedSuite } from '../bin/suites.ts';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import { together } from '../src/provider/faults.ts';
import { reportOn } from './judged.fixture.ts';
import { zoo } from './zoo.ts';

export const suite = shippedSuite();

/** A mutant of the zoo. */
export function named(name: string) {
  const mutant = zoo.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`the zoo has no mutant '${name}'`);
  return mutant;
}

/** A run against a host that has several faults at once. */
export function reportOf(...names: readonly string[]): Promise<Redacted<Report>> {
  return reportOn(suite, { mutate: together(...names.map((name) => named(name).mutate)) });
}

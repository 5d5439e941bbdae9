import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import { bodyReadAs, bodyText, typed } from '../../src/provider/content-faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import { pretending } from '../../src/provider/faults.ts';
import { zeroGuid } from '../../src/provider/guid.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const isPlaceholder = (call: Call): boolean => Object.values(call.named).some((value) => value.startsWith('{'));
const isPrinted = (call: Call): boolean =>
  bodyText(call).includes(zeroGuid) && Object.values(call.named).includes(zeroGuid);

const placeholderBreaks: Mutate = (b) => ({
  ...b,
  bind: (call, batch) =>
    isPlaceholder(call) ? refusal('binding', 500, 'FormatException', 'What is this?') : b.bind(call, batch),
});

/** Faults that meet whoever follows the examples. */
export const exampleMutants: readonly Mutant[] = [
  {
    name: 'example-indented-xml-unread',
    says: 'XML that goes over several lines, as the page prints it, is not read',
    kills: ['EXAMPLE-001'],
    areas: ['examples'],
    mutate: bodyReadAs(
      () => '',
      (call) => typed('xml')(call) && bodyText(call).trim().includes('\n'),
    ),
  },
  {
    name: 'example-zeros-accepted',
    says: 'the example as it is printed, all zeros, is answered with success',
    kills: ['EXAMPLE-002'],
    areas: ['examples'],
    mutate: pretending(isPrinted),
  },
  {
    name: 'example-placeholder-breaks',
    says: 'a placeholder in the path breaks the service',
    kills: ['EXAMPLE-003'],
    areas: ['examples'],
    mutate: placeholderBreaks,
  },
];

import { expect } from 'chai';
import type { Contract } from '../src/model/contract.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { refusal } from '../src/provider/errors.ts';
import { reportOn } from './judged.fixture.ts';
import { alarms, manyKinds } from './kinds.fixture.ts';
import { suiteOf } from './suite.ts';

/** Of each kind that once raised an alarm one; `kinds.proof.ts` takes all of them, in every profile. */
const sample = {
  GetRenamed: 'a path that names a member as the code does, and not as the wire',
  ListOrders: 'a generic answer, with lists, maps and inherited members',
  GetByKey: 'a Guid in the path, and nothing that it works on',
  Names: 'a list of texts, which csv has no rows for',
  CountsByStage: 'a map as the whole answer',
  Home: 'the root route',
  NoResponseDto: 'predefined routes alone, which say themselves what a body is',
  Upload: 'lists, maps and objects that are required, validators in one attribute',
  CreateContact: "an answer of the framework's own",
  GetRows: 'a Guid in the path of one route, and not of another',
  GetEnvelope: 'a generic answer whose name in XML no type tells, and HEAD',
  GetShade: 'a map by an enum, which XML names as the code does',
  ItemList: 'a DTO that is a list',
  PostLedger: 'a data contract, of which csv writes one member alone, with aliases in camelCase',
  GrößeLesen: 'names of letters beyond ASCII, in paths, types and members',
  Dashes: 'names on the wire that are none in any code',
  EchoLabels: 'maps of Guids and of objects, and a list of addresses',
  BestShade: 'an enum as the whole answer',
  Builds: 'members that are called as what every object has, and objects within maps within objects',
  MarkItems: 'a list and a map of Guids, which are required',
  TakeStock: 'lists, maps and pairs that are required, of items and keys of many types',
  Tick: 'a one-way operation that predefined routes alone lead to',
  Probe: 'OPTIONS, which whoever looks after CORS answers',
  Exists: 'HEAD alone, to which nothing is told',
  Tagged: 'a list in the path, and maps by times, which stand without quotes in csv',
} as const;

describe('operations of many kinds', function () {
  this.timeout(120_000);
  let contracts: Readonly<Record<string, Contract>>;
  const contractOf = (name: string): Contract => {
    const found = contracts[name];
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  before(async () => {
    contracts = await manyKinds();
  });

  for (const [name, says] of Object.entries(sample))
    it(`raise no alarm: ${says}`, async () => {
      expect(await alarms(contractOf(name))).to.deep.equal([]);
    });

  for (const [what, mutate] of [
    [
      'nothing has the id that was drawn',
      (b) => ({ ...b, execute: () => refusal('service', 404, 'NotFound', 'There is none.') }),
    ],
    [
      'what was drawn is not for the caller',
      (b) => ({ ...b, execute: () => refusal('service', 403, 'Forbidden', 'It is not yours.') }),
    ],
    ['the answer is null', (b) => ({ ...b, execute: () => ({ kind: 'success', value: null }) })],
  ] as readonly (readonly [string, Mutate])[])
    it(`raise no alarm where ${what}`, async () => {
      expect(await alarms(contractOf('GetOrder'), {}, mutate)).to.deep.equal([]);
      expect(await alarms(contractOf('TouchContact'), {}, mutate)).to.deep.equal([]);
    });

  it('ask nothing of routes of HEAD alone under endpoint routing, which does not serve it', async () => {
    const profile = { hosting: 'endpoints', serializer: 'system-text-json', casing: 'camel' } as const;
    const report = await reportOn(suiteOf(contractOf('Exists')), { profile });
    const asked = report.requirements.filter(({ area }) => area !== 'documentation' && area !== 'transport');
    expect(asked.map(({ verdict }) => verdict)).to.deep.equal(asked.map(() => 'skip'));
    const { cases } = asked.find(({ id }) => id === 'VERB-002') ?? {};
    expect(cases?.map(({ reason }) => reason).join()).to.match(/neither HEAD nor OPTIONS is served/);
  });

  it('raise no alarm where a text that stands as it is differs from call to call', async () => {
    const words = ['dawn', 'noon', 'dusk', 'night', 'later'];
    const live: Mutate = (b) => {
      let calls = 0;
      return { ...b, execute: () => ({ kind: 'success', value: words[(calls += 1) % words.length] ?? '' }) };
    };
    expect(await alarms(contractOf('Hello'), {}, live)).to.deep.equal([]);
  });

  it('raise no alarm where a name is taken by the first of two calls', async () => {
    const once: Mutate = (b) => {
      const taken = new Set<string>();
      return {
        ...b,
        execute: (call) => {
          const words = JSON.stringify(call.request);
          if (taken.has(words)) return refusal('service', 409, 'Conflict', 'It is there.');
          taken.add(words);
          return b.execute(call);
        },
      };
    };
    expect(await alarms(contractOf('CreateContact'), {}, once)).to.deep.equal([]);
  });
});

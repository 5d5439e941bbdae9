import { describeShape, profiles } from './shapes.fixture.ts';

// On plain hosts, and as far as they are planned and verified, `npm test` has them.
for (const shape of ['read-thing', 'write-note'] as const)
  describeShape(shape, ({ raisesNoAlarm, goesThroughEveryCommand, isProven }) => {
    for (const profile of profiles) if (profile.length > 0) raisesNoAlarm(profile);
    goesThroughEveryCommand();
    isProven();
  });

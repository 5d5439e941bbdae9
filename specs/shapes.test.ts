import { describeShape } from './shapes.fixture.ts';

describeShape('read-thing', ({ raisesNoAlarm, isPlanned, isVerified }) => {
  raisesNoAlarm([]);
  isPlanned();
  isVerified();
});

describeShape('write-note', ({ raisesNoAlarm, isPlanned, isVerified }) => {
  raisesNoAlarm([]);
  isPlanned();
  isVerified();
});

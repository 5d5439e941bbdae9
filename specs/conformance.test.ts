import { conformance } from '../api/mocha.ts';

// As a team's own suite has it: the catalogue under Mocha, one test for each requirement.
conformance({ target: 'embedded' });

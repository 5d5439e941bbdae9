import { expect } from 'chai';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { states } from './states.ts';

describe('the states of a connection', () => {
  it('are the ones that the contract speaks of', () => {
    const named = [
      contract.subject?.states.fresh,
      contract.subject?.states.absent,
      ...contract.routes.map((route) => route.leaves),
    ];
    expect(named).to.have.members([states.active, states.absent, states.cancelled, states.removed]);
  });
});

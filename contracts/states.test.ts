import { expect } from 'chai';
import { membersOf } from '../src/schema/members.ts';
import { schemas } from '../schemas/index.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { connectionsFile, readConnections, stateHandlers, states } from './states.ts';

const GUID = '11111111-1111-4111-8111-000000000001';

describe('the states of a connection', () => {
  it('are the ones that the contract speaks of', () => {
    const named = [
      contract.subject?.states.fresh,
      contract.subject?.states.absent,
      ...contract.routes.map((route) => route.leaves),
    ];
    expect(named).to.have.members([states.active, states.absent, states.cancelled, states.removed]);
  });
  it('are each handled: existing ones by the source, the absent one drawn', async () => {
    const read = readConnections(
      JSON.stringify([{ ConnectionId: GUID, ContactId: GUID, ContactTypeId: GUID, RoleId: GUID }]),
      'c.json',
      membersOf(contract, schemas),
    );
    const handlers = stateHandlers(connectionsFile(read.ok ? read.connections : [], 'c.json'), () => ({
      ConnectionId: 'drawn',
    }));
    const kinds = await Promise.all(
      Object.values(states).map(async (state) => (await handlers.get(state)?.setUp())?.kind),
    );
    expect([...handlers.keys()]).to.have.members(Object.values(states));
    expect(kinds).to.deep.equal(['ready', 'failed', 'failed', 'ready']);
  });
});

import { isRemoval, itIsOneCauseOfALostRoute } from './gateway.fixture.ts';

describe('a host behind something that is there', function () {
  this.timeout(60_000);
  itIsOneCauseOfALostRoute('nothing', (q, r) => isRemoval(q.url) && Boolean(r.writeHead(404).end()));
});

import { absent, isRemoval, itIsNotThere, itIsOneCauseOfALostRoute, page } from './gateway.fixture.ts';

describe('a host behind something that is there', function () {
  this.timeout(60_000);
  itIsOneCauseOfALostRoute('nothing', (q, r) => isRemoval(q.url) && Boolean(r.writeHead(404).end()));
  itIsOneCauseOfALostRoute('a page', (q, r) => isRemoval(q.url) && page(r, 404, 'Not Found'));
});

describe('a host behind something that is not there', function () {
  this.timeout(60_000);
  for (const each of absent) itIsNotThere(each, []);
});

import http from 'node:http';

/** Sends a POST with a JSON body through node:http and reads the answer to its end. */
export function post(url: URL, agent: http.Agent, headers: http.OutgoingHttpHeaders, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
      },
      (response) => {
        response.on('end', resolve).on('error', reject).resume();
      },
    );
    request.on('error', reject).end(body);
  });
}

/** Does as many pieces of work as are asked for, so many of them at once. */
export async function inTurns(count: number, atOnce: number, work: () => Promise<void>): Promise<void> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

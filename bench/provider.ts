import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A provider that answers at once: Incode's start and Relay's onboard, and nothing that would take time of its own.
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const answer = request.url?.endsWith('/start')
      ? { token: randomUUID(), interviewId: randomUUID() }
      : { message: 'Accepted' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

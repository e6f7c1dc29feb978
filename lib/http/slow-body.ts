import type { IncomingMessage } from 'node:http';

/** Seconds in which a body has to bring `LEAST` bytes, until it is whole. */
const SECONDS = 15;
const LEAST = 15_000;
/** As Node answers a head that takes too long (RFC 9110 §15.5.9). */
const ANSWER = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/**
 * Ends the connection of a request whose body drips, since what waits for it holds a share of the long works that
 * others could have. What we do not read is not the sender's fault: then there are bytes that wait.
 */
export function endSlowBody(request: IncomingMessage): void {
  const { socket, headers } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) return;
  let received = socket.bytesRead;
  const timer = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(timer);
    if (request.readableLength === 0 && socket.bytesRead - received < LEAST) {
      clearInterval(timer);
      socket.write(ANSWER);
      socket.destroySoon();
    }
    received = socket.bytesRead;
  }, SECONDS * 1_000).unref();
  request.once('close', () => clearInterval(timer));
}

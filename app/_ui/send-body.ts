/**
 * Sends a body as `fetch` does, and tells by `onSent` which share of it has gone out, from 0 to 1: `fetch` does not say
 * (XMLHttpRequest, WHATWG §3.7.1). Rejects with the reason of `signal`, and with a TypeError where no answer comes.
 */
export function sendBody(
  url: string,
  {
    method,
    headers,
    body,
    signal,
  }: { method: string; headers: Headers; body: Blob | string; signal?: AbortSignal },
  onSent: (share: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onSent(total > 0 ? loaded / total : 1),
    );
    request.upload.addEventListener('load', () => onSent(1));
    request.addEventListener('load', () =>
      resolve(new Response(request.responseText || null, { status: request.status })),
    );
    request.addEventListener('error', () => reject(new TypeError('no answer came')));
    const stop = () => request.abort();
    signal?.addEventListener('abort', stop, { once: true });
    request.addEventListener('abort', () => reject(signal?.reason));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', stop));
    request.send(body);
  });
}

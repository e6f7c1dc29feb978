/** The header that names a request of the process's own cache of pages (server.ts), which alone knows its value. */
export const CACHE_PASS_HEADER = 'x-scholion-pass';

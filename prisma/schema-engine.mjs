#!/usr/bin/env node
// Prisma's command line always spawns a native schema engine, and downloads it. This stand-in speaks the same
// newline-delimited JSON-RPC on stdio from the WebAssembly build that npm carries, so that a machine without
// Prisma's download host can generate and migrate. Used through PRISMA_SCHEMA_ENGINE_BINARY (package.json).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

if (args.includes('--version')) {
  console.log('schema-engine-cli wasm');
  process.exit(0);
}
const url = JSON.parse(option('--datasource') ?? '{}').url ?? process.env.DATABASE_URL;
if (args.includes('cli')) await answerCli(args[args.indexOf('cli') + 1]);

let engine;
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { id, method, params } = JSON.parse(line);
  if (!method) continue;
  try {
    engine ??= await loadEngine();
    const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params ?? {});
    // The native engine prints a diff through a request of its own before it answers.
    if (method === 'diff' && result?.stdout) {
      send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } });
    }
    send({ id, result: result ?? null });
  } catch (error) {
    const data = {
      is_panic: false,
      message: String(error.message ?? error),
      meta: {},
      error_code: error.code ?? '',
    };
    send({
      id,
      error: { code: 4466, message: 'An error happened. Check the data field for details.', data },
    });
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function loadEngine() {
  const [{ PrismaPg }, { bindMigrationAwareSqlAdapterFactory }, glue] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('@prisma/driver-adapter-utils'),
    import('@prisma/schema-engine-wasm/schema_engine_bg'),
  ]);
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const files = (option('--datamodels') ?? '').split(',').filter(Boolean);
  const datamodels = files.length ? files.map((path) => [path, readFileSync(path, 'utf8')]) : undefined;
  return glue.SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url })),
  );
}

/** `cli can-connect-to-database` and `cli create-database` must exit 0, or `migrate deploy` hangs. */
async function answerCli(command) {
  const { default: pg } = await import('pg');
  try {
    const target = new URL(url);
    const name = decodeURIComponent(target.pathname.slice(1));
    if (command === 'create-database') target.pathname = '/postgres';
    const client = new pg.Client(target.href);
    await client.connect();
    if (command === 'create-database') {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`).catch((error) => {
        if (error.code !== '42P04') throw error;
      });
    }
    await client.end();
    process.exit(0);
  } catch (error) {
    const error_code = error.code === '3D000' ? 'P1003' : 'P1001';
    console.error(JSON.stringify({ is_panic: false, message: error.message, meta: {}, error_code }));
    process.exit(1);
  }
}

import { anonymous, call } from '../support/seminar';

export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
};

type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema?: JsonSchema };

/** A call of the API as it describes itself. */
export type Operation = {
  method: string;
  path: string;
  parameters: Parameter[];
  /** The schema of a JSON body, and the media types of any body. */
  body: JsonSchema | null;
  types: string[];
};

type Description = {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema?: JsonSchema }> } }
    >
  >;
  components: { schemas: Record<string, JsonSchema> };
};

/** The text of an answer; of a stream of events, which has no end, its beginning. */
export async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream' || !response.body) return response.text();
  const reader = response.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

/** Every call of `openapi.json`, and the schemas that it names. */
export async function readOperations(): Promise<{
  operations: Operation[];
  schemas: Record<string, JsonSchema>;
}> {
  const description: Description = await (await call(anonymous, '/api/v1/openapi.json')).json();
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema ?? null,
      types: Object.keys(requestBody?.content ?? {}),
    })),
  );
  return { operations, schemas: description.components.schemas };
}

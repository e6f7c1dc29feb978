/** An element: its local name and its attributes, `xml:id` and `xml:lang` by these names. `at` is `line:column`. */
export type TeiTag = { name: string; attributes: ReadonlyMap<string, string>; at: string };

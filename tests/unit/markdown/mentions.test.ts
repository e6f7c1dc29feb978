import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mentionsIn } from '@/lib/markdown/mentions';
import { renderMarkdown } from '@/lib/markdown/render';

const MARIA = '01a22bfe-f188-75b9-b6a7-ee1e68553a2d';
const OLGA = '01a22bfe-f188-75b9-b6a7-ee1e68553a2e';

describe('a mention', () => {
  it('is shown as the name, and leads nowhere', () => {
    assert.equal(
      renderMarkdown(`What says @[Maria Ionescu](${MARIA})?`),
      `<p>What says <span class="mention" data-person="${MARIA}">@Maria Ionescu</span>?</p>`,
    );
  });

  it('is found once for each person, wherever it stands', () => {
    const html = renderMarkdown(`- **@[Ольга](${OLGA})**\n\n> @[Maria](${MARIA}) and @[Maria](${MARIA})`);
    assert.deepEqual(mentionsIn(html).sort(), [MARIA, OLGA]);
  });

  it('is not what merely looks like one', () => {
    const bodies = [
      `\`@[Maria](${MARIA})\``,
      `[Maria](${MARIA})`,
      '@[Maria](https://example.org/)',
      '@[Maria](somebody)',
      `<span class="mention" data-person="${MARIA}">Maria</span>`,
      `\\@\\[Maria](${MARIA})`,
    ];
    for (const body of bodies) assert.deepEqual(mentionsIn(renderMarkdown(body)), [], body);
  });
});

// Marks the sections of this edition that the group of the address has marked out on its reading list. The page itself is
// the same for every reader, so that this is asked for afterwards.
const { text } = document.currentScript.dataset;
const slug = new URLSearchParams(location.search).get('group');
const [, , edition = ''] = location.pathname.split('/');

async function markSections() {
  const response = await fetch(`/api/v1/groups/${encodeURIComponent(slug)}/reading-list`);
  if (!response.ok) return;
  const list = await response.json();
  const marked = list.find((item) => item.edition === decodeURIComponent(edition))?.sections ?? [];
  for (const id of marked) {
    const path = `/editions/${edition}/${encodeURIComponent(id)}`;
    for (const link of document.querySelectorAll(`nav a[href="${CSS.escape(path)}"]:not([rel])`)) {
      const mark = document.createElement('span');
      mark.className = 'marked-section';
      mark.textContent = ` · ${text}`;
      link.after(mark);
    }
  }
}

// After everything else: the text is read first.
const start = () => markSections().catch(() => {});
if (slug && document.readyState === 'complete') start();
else if (slug) addEventListener('load', start);

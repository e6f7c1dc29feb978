// Names the sections that the group of the address marked out: the page is the same for all.
const { text } = document.currentScript.dataset;
const slug = new URLSearchParams(location.search).get('group');
const edition = location.pathname.split('/')[2];
const mark = async () => {
  const list = await (await fetch(`/api/v1/groups/${encodeURIComponent(slug)}/reading-list`)).json();
  for (const id of list.find((item) => item.edition === edition)?.sections ?? [])
    for (const link of document.querySelectorAll(`nav a[href="/editions/${edition}/${id}"]:not([rel])`))
      link.insertAdjacentText('afterend', ` · ${text}`);
};
if (slug) addEventListener('load', () => mark().catch(() => {}));

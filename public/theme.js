// Applies the reader's theme and settings of the text before the first paint; outside the bundle, because the server does
// not know them. It is on every page, since one page leads to another without loading a document.
const { dataset } = document.documentElement;
const NAMES = ['reading', 'size', 'face', 'leading', 'measure', 'margins', 'print'];
try {
  const theme = localStorage.getItem('scholion.theme');
  if (theme) dataset.theme = theme;
  const kept = JSON.parse(localStorage.getItem('scholion.reading') ?? '{}');
  for (const name of NAMES) {
    if (typeof kept[name] === 'string') dataset[name] = kept[name];
  }
  // Page images beside the text; alone where there is no room for both.
  const asked = new URLSearchParams(location.search).has('canvas');
  const liked = localStorage.getItem('scholion.view') ?? 'text';
  const view = asked && liked === 'text' ? 'both' : liked;
  const hasRoom = matchMedia('(min-width: 60rem)').matches;
  dataset.view = view !== 'both' || hasRoom ? view : asked ? 'image' : 'text';
} catch {
  // Without storage the defaults and the system's preference hold.
}
// Works before the bundle is loaded, which then reads the attribute. Storage comes last, because it may throw.
addEventListener('click', ({ target }) => {
  const view = target.closest('[data-choice]')?.dataset.choice;
  if (!view) return;
  dataset.view = view;
  localStorage.setItem('scholion.view', view);
});
addEventListener('change', ({ target }) => {
  const name = target.name?.slice(8);
  if (name === 'theme') {
    const { value } = target;
    if (value === 'system') delete dataset.theme;
    else dataset.theme = value;
    if (value === 'system') localStorage.removeItem('scholion.theme');
    else localStorage.setItem('scholion.theme', value);
  }
  if (!NAMES.includes(name)) return;
  dataset[name] = target.value;
  localStorage.setItem('scholion.reading', JSON.stringify(dataset, NAMES));
});

// Before the first paint, and outside the bundle: how the reader likes the text, which no server knows.
const { dataset } = document.documentElement;
try {
  const kept = JSON.parse(localStorage.getItem('scholion.reading') ?? '{}');
  for (const name of ['reading', 'size', 'face', 'margins']) {
    if (typeof kept[name] === 'string') dataset[name] = kept[name];
  }
  // Images of the pages beside the text, or alone where there is no room for both.
  const asked = new URLSearchParams(location.search).has('canvas');
  const liked = localStorage.getItem('scholion.view') ?? 'text';
  const view = asked && liked === 'text' ? 'both' : liked;
  const hasRoom = matchMedia('(min-width: 60rem)').matches;
  dataset.view = view !== 'both' || hasRoom ? view : asked ? 'image' : 'text';
} catch {
  // Without storage the text looks as the page has it.
}

// What is chosen holds and is kept, also while the bundle still comes: that looks here for what it shows.
addEventListener('click', ({ target }) => {
  const view = target.closest('[data-choice]')?.dataset.choice;
  if (!view) return;
  dataset.view = view;
  keep('scholion.view', view);
});
addEventListener('change', ({ target: { name, value } }) => {
  if (!name?.startsWith('reading-')) return;
  dataset[name.slice('reading-'.length)] = value;
  const { reading, size, face, margins } = dataset;
  keep('scholion.reading', JSON.stringify({ reading, size, face, margins }));
});
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage it holds for this page.
  }
}

// Applies the reader's theme before the first paint; outside the bundle, because the server does not know it.
try {
  const theme = localStorage.getItem('scholion.theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's preference holds.
}

// Before the first paint, and outside the bundle: the reader's theme, which no server knows.
try {
  const theme = localStorage.getItem('scholion.theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's own preference holds.
}

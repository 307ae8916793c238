// Runs before the first paint, so that nothing flashes in after it: a chosen theme, or the head of the home page where
// another page was asked for.
try {
  const theme = localStorage.getItem("cloudarium.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's theme stands.
}
document.documentElement.toggleAttribute("data-home", /^(#\/?)?$/.test(location.hash));

// Runs before the first paint, as a blocking script: sets the theme that was chosen on this device, or the system's.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem("rapport.theme");
  } catch {
    // Storage is blocked: follow the system.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

// @ts-check
/** Dark or light: as the system has it, until the button says otherwise. */

const KEY = "theme";
const LIGHT = matchMedia("(prefers-color-scheme: light)");

/** @param {() => void} changed called after each change */
export function followTheme(changed) {
  const apply = () => {
    document.documentElement.dataset.theme = stored() ?? (LIGHT.matches ? "light" : "dark");
    changed();
  };
  LIGHT.addEventListener("change", apply);
  apply();
  return function toggle() {
    store(document.documentElement.dataset.theme === "light" ? "dark" : "light");
    apply();
  };
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser may forbid it
  }
}

/** @param {string} theme */
function store(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    document.documentElement.dataset.theme = theme;
  }
}

/**
 * A colour of the style sheet.
 * @param {string} name
 */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// @ts-check
/** Dark or light: as the system has it, until the button says otherwise. */

const KEY = "theme";
const LIGHT = matchMedia("(prefers-color-scheme: light)");

/** @param {() => void} changed called after each change */
export function followTheme(changed) {
  const apply = () => {
    document.documentElement.dataset.theme = stored() ?? (LIGHT.matches ? "light" : "dark");
    COLOURS.clear();
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
 * Those of the theme that have been asked for: asking the page makes it compute its styles.
 * @type {Map<string, string>}
 */
const COLOURS = new Map();

/**
 * A colour of the style sheet.
 * @param {string} name
 */
export function colour(name) {
  const known = COLOURS.get(name);
  if (known !== undefined) {
    return known;
  }
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  COLOURS.set(name, value);
  return value;
}

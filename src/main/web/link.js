// @ts-check
/**
 * What the address of the page says: the instrument and the timeframe, such as #bybit:linear:BTCUSDT/5m.
 * @param {string} hash
 * @returns {{symbol: string, timeframe: string}}
 */
export function readLink(hash) {
  const [symbol = "", timeframe = ""] = decode(hash.replace(/^#/, "")).split("/");
  return /^[\p{L}\p{N}:._-]{1,120}$/u.test(symbol) && !symbol.endsWith("-panel")
    ? { symbol, timeframe: /^\d{1,3}[smhd]$/.test(timeframe) ? timeframe : "" }
    : { symbol: "", timeframe: "" };
}

/**
 * The parts of a name such as bybit:linear:BTCUSDT, linear:BTCUSDT or BTCUSDT.
 * @param {string} name
 * @returns {{symbol: string, category: string|undefined, venue: string|undefined}}
 */
export function partsOf(name) {
  const [symbol, category, venue] = name.split(":").reverse();
  return { symbol, category, venue };
}

/**
 * @param {string} key of the instrument
 * @param {string} timeframe
 */
export function writeLink(key, timeframe) {
  return `#${key}/${timeframe}`;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

// @ts-check
/**
 * Numbers with all their digits. The stream writes decimals as JSON numbers; JavaScript would drop their last zeros and
 * round long ones. They are kept as text, and become doubles only where pixels are computed.
 */

/** @typedef {string|number} Decimal a decimal as text, or a whole number */

/** Digits of a price of which nothing is known. */
const SIGNIFICANT = 8;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses a message; numbers with a fraction, an exponent or more than 15 digits become texts.
 * @param {string} text
 * @returns {any}
 */
export function parse(text) {
  return JSON.parse(text.replace(TOKEN, quoted));
}

/** @param {string} token */
function quoted(token) {
  const first = token.charCodeAt(0);
  if (first === 34 /* " */) {
    return token;
  }
  return token.length > 15 || token.includes(".") || token.includes("e") || token.includes("E") ? `"${token}"` : token;
}

/**
 * A decimal with separators of thousands: 83010.80 becomes 83,010.80.
 * @param {Decimal|null|undefined} value
 */
export function grouped(value) {
  if (value === null || value === undefined || value === "") {
    return "–";
  }
  const text = String(value);
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return match ? match[1].replace("-", "−") + match[2].replace(/\B(?=(\d{3})+$)/g, ",") + (match[3] ?? "") : text;
}

/**
 * The same with a plus sign before a positive value.
 * @param {Decimal|null|undefined} value
 */
export function signed(value) {
  return Number(value) > 0 ? `+${grouped(value)}` : grouped(value);
}

/**
 * A computed number with a number of decimal places.
 * @param {Decimal} value
 * @param {number} places
 */
export function fixed(value, places) {
  const number = Number(value);
  return Number.isFinite(number) ? grouped(number.toFixed(places).replace(/^-(0(\.0*)?)$/, "$1")) : "–";
}

/**
 * A computed gain or loss with its sign; one that is rounded to zero has none.
 * @param {Decimal|null|undefined} value
 * @param {number} [places]
 */
export function gain(value, places = 2) {
  const text = value === null || value === undefined ? "–" : fixed(value, places);
  return Number(value) > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/**
 * A price with zeros up to a number of decimal places, so that prices stand under each other. No digit is cut.
 * @param {Decimal|null|undefined} value
 * @param {number} digits
 */
export function padded(value, digits) {
  const missing = digits - places(value);
  if (value === null || value === undefined || missing <= 0) {
    return grouped(value);
  }
  return grouped(`${value}${places(value) === 0 ? "." : ""}${"0".repeat(missing)}`);
}

/**
 * An average price: one digit finer than the prices that it is made of. The exact text belongs into a title.
 * @param {Decimal|null|undefined} value
 * @param {Decimal|null|undefined} price one of them, if any is known
 */
export function average(value, price) {
  if (value === null || value === undefined) {
    return "–";
  }
  return price ? fixed(value, places(price) + 1) : grouped(String(Number(Number(value).toPrecision(SIGNIFICANT))));
}

/**
 * A money amount, rounded to cents for reading; the exact text belongs into a title.
 * @param {Decimal|null|undefined} value
 */
export function money(value) {
  return value === null || value === undefined ? "–" : fixed(Number(value), 2);
}

/**
 * Decimal places of a text.
 * @param {Decimal|null|undefined} value
 */
export function places(value) {
  const text = String(value ?? "");
  const dot = text.indexOf(".");
  return dot < 0 ? 0 : text.length - dot - 1;
}

/**
 * A duration for people: 0.4 s, 12 s, 3 min 20 s, 2 h 5 min.
 * @param {number} millis
 */
export function age(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  }
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", timeStyle: "medium" });

/**
 * The time of day in UTC.
 * @param {number|string|null|undefined} time milliseconds, or ISO-8601
 */
export function clock(time) {
  const date = time === null || time === undefined ? NaN : typeof time === "number" ? time : millis(time);
  return Number.isFinite(date) ? CLOCK.format(date) : "–";
}

/**
 * Milliseconds of a time that is a number, the text of one, or ISO-8601.
 * @param {number|string|null|undefined} time
 */
export function millis(time) {
  if (typeof time === "number") {
    return time;
  }
  if (!time) {
    return NaN;
  }
  return /^\d+(\.\d+)?$/.test(time) ? Number(time) : Date.parse(time);
}

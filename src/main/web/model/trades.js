// @ts-check
/** @typedef {import("./state.js").Trade} Trade */

/**
 * Joins trades that were asked for with those that have come meanwhile. Both are in the order of their arrival and have
 * the trades of some time in common, unless more were missed than can be had. A trade is known by its id.
 * @param {Trade[]} here oldest first
 * @param {Trade[]} past oldest first
 * @returns {Trade[]} oldest first, each once
 */
export function joined(here, past) {
  const places = new Map(here.map((trade, i) => [trade.id, i]));
  const given = new Set(past.map((trade) => trade.id));
  /** @type {Trade[]} */
  const all = [];
  let next = 0;
  for (const trade of past) {
    const place = places.get(trade.id);
    if (place === undefined) {
      while (next < here.length && here[next].time <= trade.time && !given.has(here[next].id)) {
        all.push(here[next++]);
      }
      all.push(trade);
    } else {
      while (next <= place) {
        all.push(here[next++]);
      }
    }
  }
  return all.concat(here.slice(next));
}

// @ts-check
import { clock, money } from "../exact.js";
import { html } from "../html.js";

/**
 * The equity curve as a drawing that scales with its place.
 * @param {any[]} points oldest first
 */
export function equityCurve(points) {
  if (points.length < 2) {
    return html`<p class="empty">The curve begins with the second minute.</p>`;
  }
  const values = points.map((point) => Number(point.equity));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const size = high - low || 1;
  const path = values
    .map((value, i) => {
      const x = (i / (values.length - 1)) * 100;
      const y = ((high - value) / size) * 36 + 2;
      return `${i === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`;
    })
    .join("");
  const [first, last] = [points[0], points.at(-1)];
  const began = `${money(first.equity)} at ${clock(first.ts)}`;
  const label = `Equity from ${began} to ${money(last.equity)} at ${clock(last.ts)}`;
  return html`<svg class="equity" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label=${label}>
      <path d=${path} fill="none" stroke="var(--accent)" stroke-width="1.5" vector-effect="non-scaling-stroke" />
    </svg>
    <p><small>${money(low)} to ${money(high)}, ${clock(first.ts)} to ${clock(last.ts)} UTC</small></p>`;
}

// tardis-dev against the local exchange: node tardis_client.mjs PORT [SECONDS]
import { createRequire } from 'node:module';

const port = process.argv[2];
const seconds = Number(process.argv[3] ?? 10);
const base = `http://127.0.0.1:${port}`;
process.env.WSS_URL_BYBIT = `ws://127.0.0.1:${port}/v5/public/linear`;
process.env.WSS_URL_BYBIT_SPOT = `ws://127.0.0.1:${port}/v5/public/spot`;
process.env.WSS_URL_BYBIT_OPTIONS = `ws://127.0.0.1:${port}/v5/public/option`;
const { stream, normalizeTrades, normalizeBookChanges, OrderBook } = createRequire(import.meta.url)('tardis-dev');

const counts = {};
const faults = [];
const kept = {};
const ids = {};
let over = false;

const option = (await (await fetch(`${base}/v5/market/instruments-info?category=option&baseCoin=BTC`)).json()).result.list[0].symbol;
follow('bybit', 'linear', 50, ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
follow('bybit-spot', 'spot', 50, ['BTCUSDT', 'ETHUSDT']);
follow('bybit-options', 'option', 25, [option]);

async function follow(exchange, category, depth, symbols) {
  const books = {};
  const bookMapper = normalizeBookChanges(exchange, new Date());
  const tradeMapper = normalizeTrades(exchange, new Date());
  const filters = [{ channel: `orderbook.${depth}`, symbols }, { channel: 'publicTrade', symbols }];
  for await (const { message, localTimestamp } of stream({ exchange, filters, onError: (e) => over || faults.push(`${exchange}: ${e}`) })) {
    if (over) return;
    if (bookMapper.canHandle(message)) {
      for (const change of bookMapper.map(message, localTimestamp)) {
        const key = `${category} ${depth} ${change.symbol}`;
        const book = (books[key] ??= new OrderBook());
        book.update(change);
        const state = { u: message.data.u, b: [...book.bids()], a: [...book.asks()] };
        if (state.b.length !== depth || state.a.length !== depth) faults.push(`${key}: ${state.b.length} and ${state.a.length} levels`);
        if (state.b[0].price >= state.a[0].price) faults.push(`${key}: crossed at u ${state.u}`);
        (kept[key] ??= []).push({ u: state.u, b: state.b.map(level), a: state.a.map(level) });
        if (kept[key].length > 3) kept[key].shift();
        counts[`book ${key}`] = (counts[`book ${key}`] ?? 0) + 1;
      }
    }
    if (tradeMapper.canHandle(message)) {
      for (const trade of tradeMapper.map(message, localTimestamp)) {
        const name = `trade ${category}`;
        counts[name] = (counts[name] ?? 0) + 1;
        (ids[`${category} ${trade.symbol}`] ??= []).push(trade.id);
      }
    }
  }
}

function level({ price, amount }) {
  return `${price} ${amount}`;
}

async function tradesMade(category, symbol) {
  const made = [];
  for (let from = 0; ; ) {
    const page = await (await fetch(`${base}/control/trades?category=${category}&symbol=${symbol}&since=0&from=${from}`)).json();
    if (!page.list?.length) return made;
    made.push(...page.list.map((row) => row.execId));
    from = page.next;
  }
}

setTimeout(async () => {
  over = true;
  let compared = 0;
  for (const [key, states] of Object.entries(kept)) {
    const [category, depth, symbol] = key.split(' ');
    for (const state of states) {
      const told = await (await fetch(`${base}/control/book?category=${category}&symbol=${symbol}&depth=${depth}&u=${state.u}`)).json();
      const text = (levels) => (levels ?? []).map(([price, size]) => level({ price: Number(price), amount: Number(size) })).sort().join('\n');
      if (state.b.sort().join('\n') !== text(told.b) || state.a.sort().join('\n') !== text(told.a)) faults.push(`${key}: differs at u ${state.u}`);
      compared++;
    }
  }
  for (const [key, seen] of Object.entries(ids)) {
    const made = await tradesMade(...key.split(' '));
    const from = made.indexOf(seen[0]);
    if (from < 0 || made.slice(from, from + seen.length).join() !== seen.join()) faults.push(`${key}: the trades seen are no run of those made`);
  }
  const expected = ['book linear 50 BTCUSDT', 'book linear 50 ETHUSDT', 'book spot 50 BTCUSDT', `book option 25 ${option}`, 'trade linear', 'trade spot'];
  const missing = expected.filter((name) => !counts[name]);
  console.log('tardis-dev counts', counts, 'books compared', compared);
  faults.slice(0, 10).forEach((fault) => console.log('tardis-dev FAULT', fault));
  if (missing.length) console.log('tardis-dev MISSING', missing);
  const good = !faults.length && !missing.length && compared > 0;
  if (good) console.log('tardis-dev ok');
  process.exit(good ? 0 : 1);
}, seconds * 1000);

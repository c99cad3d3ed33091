// bybit-api against the local exchange: node bybit_api_client.mjs PORT [SECONDS]
import { RestClientV5, WebsocketClient } from 'bybit-api';

const port = process.argv[2];
const seconds = Number(process.argv[3] ?? 15);
const base = `http://127.0.0.1:${port}`;
const counts = {};
const faults = [];
const books = {};
const kept = {};
const quiet = { trace() {}, info() {}, error() {} };

function count(name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

function apply(category, message) {
  const [, depth, symbol] = message.topic.split('.');
  const key = `${category} ${depth} ${symbol}`;
  const { b, a, u } = message.data;
  if (message.type === 'snapshot') {
    books[key] = { b: new Map(b), a: new Map(a), u };
  } else {
    const book = books[key];
    if (u !== book.u + 1) faults.push(`${key}: u ${u} after ${book.u}`);
    book.u = u;
    for (const [side, levels] of [['b', b], ['a', a]]) {
      for (const [price, size] of levels) {
        if (Number(size) !== 0) book[side].set(price, size);
        else if (!book[side].delete(price)) faults.push(`${key}: ${price} was not there`);
      }
    }
  }
  const book = books[key];
  if (book.b.size !== Number(depth) || book.a.size !== Number(depth)) faults.push(`${key}: ${book.b.size} and ${book.a.size} levels`);
  (kept[key] ??= []).push({ u, b: [...book.b], a: [...book.a] });
  if (kept[key].length > 3) kept[key].shift();
}

function connect(path, category, topics, keys = {}) {
  const client = new WebsocketClient({ wsUrl: `ws://127.0.0.1:${port}/v5/${path}`, baseUrl: base, market: 'v5', ...keys }, quiet);
  client.on('update', (message) => {
    // The library hands the option stream's acknowledgement on as an update.
    if (!message.topic) return;
    if (message.topic.startsWith('orderbook')) apply(category, message);
    count(`${path} ${message.topic.split('.').slice(0, 2).join('.')}`);
  });
  client.on('exception', (error) => faults.push(`${path}: ${JSON.stringify(error).slice(0, 200)}`));
  client.subscribeV5(topics, category);
}

const rest = new RestClientV5({ baseUrl: base });
const option = (await rest.getInstrumentsInfo({ category: 'option', baseCoin: 'BTC' })).result.list[0].symbol;
connect('public/linear', 'linear', ['orderbook.50.BTCUSDT', 'orderbook.1.BTCUSDT', 'orderbook.1000.ETHUSDT', 'publicTrade.BTCUSDT', 'tickers.BTCUSDT']);
connect('public/spot', 'spot', ['orderbook.200.BTCUSDT', 'publicTrade.BTCUSDT']);
connect('public/inverse', 'inverse', ['orderbook.50.BTCUSD', 'publicTrade.BTCUSD']);
connect('public/option', 'option', [`orderbook.25.${option}`, `orderbook.100.${option}`, 'publicTrade.BTC']);
connect('private', 'linear', ['order', 'execution', 'position', 'wallet'], { key: 'local-key', secret: 'local-secret' });

setTimeout(async () => {
  let compared = 0;
  for (const [key, states] of Object.entries(kept)) {
    const [category, depth, symbol] = key.split(' ');
    for (const state of states) {
      const told = await (await fetch(`${base}/control/book?category=${category}&symbol=${symbol}&depth=${depth}&u=${state.u}`)).json();
      const text = (levels) => (levels ?? []).map((level) => level.join(' ')).sort().join('\n');
      if (text(state.b) !== text(told.b) || text(state.a) !== text(told.a)) faults.push(`${key}: differs at u ${state.u}`);
      compared++;
    }
  }
  const expected = ['public/linear orderbook.50', 'public/linear orderbook.1', 'public/linear orderbook.1000', 'public/linear tickers.BTCUSDT',
    'public/linear publicTrade.BTCUSDT', 'public/spot orderbook.200', 'public/spot publicTrade.BTCUSDT', 'public/inverse orderbook.50',
    'public/option orderbook.25', 'public/option orderbook.100', 'private order', 'private execution', 'private position', 'private wallet'];
  const missing = expected.filter((name) => !counts[name]);
  console.log('bybit-api counts', counts, 'books compared', compared);
  faults.slice(0, 10).forEach((fault) => console.log('bybit-api FAULT', fault));
  if (missing.length) console.log('bybit-api MISSING', missing);
  const good = !faults.length && !missing.length && compared > 0;
  if (good) console.log('bybit-api ok');
  process.exit(good ? 0 : 1);
}, seconds * 1000);

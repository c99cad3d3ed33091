#!/usr/bin/env node
// A connector in Node.js: replace market() by a venue. Rules: doc/PROTOCOL.md; test: check --connector.
import { createInterface } from 'node:readline'

const WORDS = { subscribe: 'subscribed', unsubscribe: 'unsubscribed', resync: 'resyncing', history: null }
const INTERVAL = process.env.TEMPLATE_INTERVAL_MS ?? '50'
const active = new Map(), books = new Map() // subscriptions, and the last update id of each book
let tradeId = 0

function emit(type, fields) { // one line, at once; waits for a slow reader, since stdout is a pipe
  process.stdout.write(JSON.stringify({ type, ...fields }) + '\n')
}

function answer({ command, channel, symbol, category, id }) {
  const about = { channel, symbol, category, id } // JSON leaves out what is undefined
  const key = [channel, symbol, category].join()
  if (command === 'stop') {
    process.exit()
  } else if (command === 'ping') {
    emit('status', { status: 'heartbeat', ...about })
  } else if (!Object.hasOwn(WORDS, command) || !channel || !symbol) {
    emit('error', { error: 'no command, or no channel and symbol', code: 'bad-command', ...about })
  } else if (command === 'history') {
    emit('error', { error: 'there is no history', code: 'unsupported', ...about })
  } else if (!['trades', 'depth'].includes(channel) || (command === 'resync' && !active.has(key))) {
    emit('error', { error: 'no such channel or book', code: 'refused', ...about })
  } else {
    books.delete(key) // the next event of a book is a snapshot
    command === 'unsubscribe' ? active.delete(key) : active.set(key, { channel, symbol, category })
    emit('status', { status: WORDS[command], ...about })
  }
}

function market() { // one event of each subscription; prices and sizes are texts, exact decimals
  for (const [key, { channel, symbol, category }] of active) {
    const fields = { symbol, category, timestamp: Date.now(), received_at: Date.now() * 1000 }
    if (channel === 'trades') {
      const price = `100.${10 + tradeId % 90}`
      emit('trade', { id: ++tradeId, price, qty: '0.5', side: 'buy', ...fields })
    } else {
      const last = (books.get(key) ?? 0) + 1
      books.set(key, last)
      const chain = last > 1 ? { snapshot: false, prev_update_id: last - 1 } : { snapshot: true }
      emit('depth', { bids: [['100', '1.5']], asks: [['101', `${last}`]], last_update_id: last, ...chain, ...fields })
    }
  }
}

if (!/^\d+$/.test(INTERVAL)) {
  console.error(`TEMPLATE_INTERVAL_MS is ${INTERVAL}, must be a number`)
  process.exit(78)
}
emit('status', { status: 'connected', synthetic: true })
const input = createInterface({ input: process.stdin })
input.on('line', line => {
  try { if (line.trim()) answer(JSON.parse(line)) }
  catch ({ message }) { emit('error', { error: message, code: 'bad-command' }) }
}).on('close', () => process.exit(0)) // the end of stdin means stop
setInterval(() => emit('status', { status: 'heartbeat' }), 2000)
setInterval(market, Number(INTERVAL))

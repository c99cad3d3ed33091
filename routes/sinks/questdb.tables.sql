-- Tables of the sink questdb, for QuestDB 9.2 or later, which has exact decimals. The sink runs each statement at its
-- start, after a failure, and once a minute; a table that is there stays as it is. The statements end with a line of
-- their own that holds a semicolon.
--
-- A row that is delivered again has the same upsert keys and replaces itself.

create table if not exists trades (
  exchange_time timestamp,
  venue symbol,
  category symbol,
  symbol symbol,
  trade_id varchar,
  side symbol,
  price decimal(38, 18),
  size decimal(38, 18),
  received_time timestamp,
  exchange_sequence long,
  block_trade boolean,
  rpi boolean,
  repaired boolean,
  late boolean,
  history boolean,
  synthetic boolean,
  run long,
  sequence long
) timestamp(exchange_time) partition by day wal
dedup upsert keys(exchange_time, venue, category, symbol, trade_id)
;

-- bids and asks are the texts of the protocol, [[price, size], ...]: arrays of QuestDB hold doubles only
create table if not exists depth (
  exchange_time timestamp,
  venue symbol,
  category symbol,
  symbol symbol,
  snapshot boolean,
  last_update_id long,
  prev_update_id long,
  levels long,
  bids varchar,
  asks varchar,
  received_time timestamp,
  synthetic boolean,
  run long,
  sequence long
) timestamp(exchange_time) partition by day wal
dedup upsert keys(exchange_time, venue, category, symbol, run, sequence)
;

-- all other types; event is the line of the protocol; time is that of the exchange, else that at which it was stored
create table if not exists events (
  time timestamp,
  venue symbol,
  type symbol,
  category symbol,
  symbol symbol,
  event varchar,
  run long,
  sequence long
) timestamp(time) partition by day wal
dedup upsert keys(time, venue, type, run, sequence)
;

-- lines that the other tables have refused for good
create table if not exists refused (
  stored timestamp,
  venue symbol,
  reason varchar,
  line varchar,
  run long,
  sequence long
) timestamp(stored) partition by month wal
dedup upsert keys(stored, venue, run, sequence)
;

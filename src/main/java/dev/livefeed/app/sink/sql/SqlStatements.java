package dev.livefeed.app.sink.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What is sent to the database. Lines are passed as one JSON array per table, {@code [{"n": number, "t": stored, "e":
 * line}, …]}, which the database turns into rows: its decimals are exact, and a batch is one statement.
 */
final class SqlStatements {

    /** The number of tables that exist. */
    static final String TABLES = "select count(to_regclass(name)) from unnest(array['trades', 'depth', 'events',"
            + " 'refused']) as tables (name)";

    static final int TABLE_COUNT = 4;

    /** Parameters: venue, run, lines. */
    private static final String ROWS =
            """
            with rows as (
              select coalesce(cast(? as text), e->>'venue', '_') as venue, cast(? as bigint) as run,
                n as sequence, e as event,
                timestamptz 'epoch' + t * interval '1 millisecond' as stored
              from jsonb_to_recordset(cast(? as jsonb)) as lines (n bigint, t bigint, e jsonb)
            )""";

    private static final String EXCHANGE_TIME =
            "timestamptz 'epoch' + cast(\"timestamp\" * 1000 as bigint) * interval '1 microsecond'";
    private static final String RECEIVED_TIME = "timestamptz 'epoch' + received_at * interval '1 microsecond'";

    private static final String TRADE_ROWS = ROWS
            + """
            , new as (
              select venue, coalesce(category, '') as category, coalesce(symbol, '') as symbol,
                %s as exchange_time, id as trade_id, side, price, qty as size,
                %s as received_time, seq as exchange_sequence, coalesce(block_trade, false) as block_trade,
                coalesce(rpi, false) as rpi, coalesce(repaired, false) as repaired, coalesce(late, false) as late,
                coalesce(history, false) as history, coalesce(synthetic, false) as synthetic, run, sequence, event
              from rows, jsonb_to_record(event) as fields (category text, symbol text, "timestamp" numeric, id text,
                side text, price numeric, qty numeric, received_at bigint, seq bigint, block_trade boolean,
                rpi boolean, repaired boolean, late boolean, history boolean, synthetic boolean)
            )"""
                    .formatted(EXCHANGE_TIME, RECEIVED_TIME);

    static final String TRADES = TRADE_ROWS
            + """
            insert into trades (venue, category, symbol, exchange_time, trade_id, side, price, size, received_time,
              exchange_sequence, block_trade, rpi, repaired, late, history, synthetic, run, sequence)
            select venue, category, symbol, exchange_time, trade_id, side, price, size, received_time,
              exchange_sequence, block_trade, rpi, repaired, late, history, synthetic, run, sequence from new
            on conflict (venue, category, symbol, exchange_time, trade_id) do nothing""";

    /** Keeps trades whose id is there already with other figures. */
    static final String CONTRADICTING_TRADES = TRADE_ROWS
            + """
            insert into events (venue, type, category, symbol, time, run, sequence, event)
            select new.venue, 'trade', new.category, new.symbol, new.exchange_time, new.run, new.sequence, new.event
            from new join trades using (venue, category, symbol, exchange_time, trade_id)
            where (new.price, new.size, new.side) is distinct from (trades.price, trades.size, trades.side)
            on conflict (venue, type, category, symbol, time, run, sequence) do nothing""";

    static final String DEPTH = ROWS
            + """
            insert into depth (venue, category, symbol, exchange_time, snapshot, last_update_id, prev_update_id, levels,
              bids, asks, received_time, synthetic, run, sequence)
            select venue, coalesce(category, ''), coalesce(symbol, ''), %s, coalesce(snapshot, true), last_update_id,
              prev_update_id, levels, bids, asks, %s, coalesce(synthetic, false), run, sequence
            from rows, jsonb_to_record(event) as fields (category text, symbol text, "timestamp" numeric,
              snapshot boolean, last_update_id bigint, prev_update_id bigint, levels integer, bids jsonb, asks jsonb,
              received_at bigint, synthetic boolean)
            on conflict (venue, category, symbol, exchange_time, run, sequence) do nothing"""
                    .formatted(EXCHANGE_TIME, RECEIVED_TIME);

    static final String EVENTS = ROWS
            + """
            insert into events (venue, type, category, symbol, time, run, sequence, event)
            select venue, event->>'type', coalesce(event->>'category', ''), coalesce(event->>'symbol', ''),
              case jsonb_typeof(event->'timestamp') when 'number' then timestamptz 'epoch'
                + cast(cast(event->>'timestamp' as numeric) * 1000 as bigint) * interval '1 microsecond'
              else stored end,
              run, sequence, event
            from rows
            on conflict (venue, type, category, symbol, time, run, sequence) do nothing""";

    /** Parameters: venue, run, number, stored, reason, line. */
    static final String REFUSED =
            """
            insert into refused (venue, run, sequence, stored, reason, line)
            values (?, ?, ?, timestamptz 'epoch' + ? * interval '1 millisecond', ?, ?)
            on conflict (venue, run, sequence) do nothing""";

    private static final String CREATE = "/routes/sinks/sql.tables.sql";

    private SqlStatements() {}

    /** The statements that create the tables. */
    static String createTables() {
        try (InputStream in = SqlStatements.class.getResourceAsStream(CREATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

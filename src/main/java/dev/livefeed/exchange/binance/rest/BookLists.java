package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.fault.FaultKind;
import dev.livefeed.exchange.fault.FaultScheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code depth}: the best levels of the current book, or of an earlier one if a fault says so. */
final class BookLists implements BinanceEndpoint {

    private static final int SPOT_LEVELS = 5000;
    private static final int SPOT_DEFAULT_LEVELS = 100;
    private static final int FUTURES_DEFAULT_LEVELS = 500;
    private static final List<Integer> FUTURES_LEVELS = List.of(5, 10, 20, 50, 100, 500, 1000);
    private static final int LIMIT = -4021;

    private final FaultScheduler faults;
    /** The answers that a fault may give again, by market. */
    private final Map<MarketData, Earlier> earlier = new HashMap<>();

    private record Earlier(String bids, String asks, long id, long at, int levels) {}

    BookLists(FaultScheduler faults) {
        this.faults = faults;
    }

    @Override
    public EndpointParameters parameters(boolean spot) {
        return spot ? EndpointParameters.ofSymbol("limit", "symbolStatus") : EndpointParameters.ofSymbol("limit");
    }

    @Override
    public int weight(BinanceQuery query) {
        long levels;
        try {
            levels = levels(query);
        } catch (BinanceRefusal e) {
            return 1;
        }
        if (query.spot()) {
            return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250;
        }
        return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20;
    }

    private static int levels(BinanceQuery query) throws BinanceRefusal {
        if (query.spot()) {
            return query.limit(SPOT_DEFAULT_LEVELS, SPOT_LEVELS);
        }
        int levels = query.limit(FUTURES_DEFAULT_LEVELS, FUTURES_LEVELS.get(FUTURES_LEVELS.size() - 1));
        if (!FUTURES_LEVELS.contains(levels)) {
            throw new BinanceRefusal(LIMIT, levels + " is not valid depth limit.");
        }
        return levels;
    }

    @Override
    public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
        MarketData data = query.market();
        int levels = levels(query);
        SymbolStatus.check(query, data);
        String path = (query.spot() ? "/api/v3" : "/fapi/v1") + "/depth";
        Earlier old = earlier.get(data);
        if (old != null
                && old.levels() >= levels
                && faults.takeDue(FaultKind.STALE_SNAPSHOT, query.category(), path)
                        .isPresent()) {
            return row(query, old, now);
        }
        data.startRecording();
        data.record();
        Earlier current = new Earlier(
                data.side(true, levels),
                data.side(false, levels),
                data.updateId(),
                data.market().book().changedAt(),
                levels);
        earlier.put(data, current);
        return row(query, current, now);
    }

    private static ObjectNode row(BinanceQuery query, Earlier book, long now) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("lastUpdateId", book.id());
        if (!query.spot()) {
            row.put("E", now).put("T", book.at());
        }
        row.putRawValue("bids", new RawValue("[" + book.bids() + "]"));
        return row.putRawValue("asks", new RawValue("[" + book.asks() + "]"));
    }
}

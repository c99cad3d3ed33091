package dev.livefeed.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.market.Market;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the exchange for the tick sizes, once an hour, and hands them to the market. */
public final class TickSizeLoader {

    private static final Logger LOG = LoggerFactory.getLogger(TickSizeLoader.class);
    private static final long RENEW = 3_600_000;

    private final RetryingRest rest;
    private final String category;
    private final List<String> symbols;
    private final Market market;
    private final LongSupplier nowMillis;
    private final Map<String, InstrumentFacts> known = new ConcurrentHashMap<>();
    private long blockedUntil = Long.MIN_VALUE;
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /** @param rest null where the source has no such interface: the tick sizes are the setting's then */
    TickSizeLoader(RetryingRest rest, String category, List<String> symbols, Market market, LongSupplier nowMillis) {
        this.rest = rest;
        this.category = category;
        this.symbols = symbols;
        this.market = market;
        this.nowMillis = nowMillis;
    }

    /** Asks for what is not known, or was asked an hour ago; returns when that is done. */
    void refresh() throws InterruptedException {
        if (nowMillis.getAsLong() < blockedUntil) {
            return;
        }
        for (String symbol : rest == null ? List.<String>of() : symbols) {
            InstrumentFacts instrument = known.get(symbol);
            if (instrument == null || nowMillis.getAsLong() - instrument.fetchedAt() >= RENEW) {
                refresh(symbol);
                if (nowMillis.getAsLong() < blockedUntil) {
                    return;
                }
            }
        }
    }

    private void refresh(String symbol) throws InterruptedException {
        try {
            JsonNode answer = rest.get("/v5/market/instruments-info?category=" + category + "&symbol=" + symbol);
            InstrumentFacts instrument = read(symbol, answer.path("result").path("list"));
            InstrumentFacts before = known.put(symbol, instrument);
            failures.remove(symbol);
            if (before == null || before.tickSize().compareTo(instrument.tickSize()) != 0) {
                market.tickSize(symbol, instrument.tickSize());
                LOG.info(
                        "tick_size symbol={} size={}",
                        symbol,
                        instrument.tickSize().toPlainString());
            }
        } catch (RestException e) {
            if (failures.put(symbol, e.getMessage()) == null) {
                LOG.warn(
                        "tick_size_unknown symbol={} reason=\"{}\": PROFILE_TICK_SIZE is used", symbol, e.getMessage());
            }
            market.noTickSize(symbol);
            if (e.kind() == RestException.Kind.BLOCKED) {
                blockedUntil = nowMillis.getAsLong() + RENEW;
            }
        }
    }

    private InstrumentFacts read(String symbol, JsonNode list) throws RestException {
        for (JsonNode row : list) {
            if (row.path("symbol").asText().equals(symbol)) {
                BigDecimal tick = decimal(row.path("priceFilter").path("tickSize"));
                if (tick == null || tick.signum() <= 0 || tick.scale() > 18 || tick.precision() > 18) {
                    break;
                }
                JsonNode lot = row.path("lotSizeFilter");
                return new InstrumentFacts(
                        symbol,
                        row.path("status").asText(),
                        tick,
                        usable(lot, "qtyStep", "basePrecision"),
                        usable(lot, "minOrderQty"),
                        usable(lot, "maxOrderQty", "maxLimitOrderQty"),
                        usable(lot, "maxMktOrderQty", "maxMarketOrderQty"),
                        usable(lot, "minNotionalValue", "minOrderAmt"),
                        nowMillis.getAsLong());
            }
        }
        throw new RestException(RestException.Kind.REFUSED, "instruments-info names no tick size of " + symbol, null);
    }

    /** The first of these fields that is a number above 0, or null; the names differ between categories. */
    private static BigDecimal usable(JsonNode lot, String... fields) {
        for (String field : fields) {
            BigDecimal number = decimal(lot.path(field));
            if (number != null && number.signum() > 0 && Math.abs(number.scale()) <= 18 && number.precision() <= 18) {
                return number;
            }
        }
        return null;
    }

    private static BigDecimal decimal(JsonNode node) {
        try {
            return new BigDecimal(node.asText());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What the exchange said, or null where it has not been asked or has not answered. */
    public InstrumentFacts of(String symbol) {
        return known.get(symbol);
    }

    /** Why nothing is known of the symbol, or null. */
    public String failure(String symbol) {
        return failures.get(symbol);
    }

    /** Whether there is somebody to ask. */
    public boolean available() {
        return rest != null;
    }
}

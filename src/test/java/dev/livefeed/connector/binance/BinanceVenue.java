package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The scripted venue for tests of the application: spot, with past trades and what is true of them. */
public final class BinanceVenue implements AutoCloseable {

    private final ScriptedBinance server;

    private BinanceVenue(ScriptedBinance server) {
        this.server = server;
    }

    /** @param past number of trades before now, ten per second */
    public static BinanceVenue start(int past, String... symbols) throws IOException {
        return new BinanceVenue(new ScriptedBinance(BinanceMarket.SPOT, 60, System.currentTimeMillis(), past, symbols));
    }

    /** The settings of a connector of this venue. */
    public Map<String, String> settings() {
        return server.settings();
    }

    /** Number of requests for trades so far. */
    public long requests() {
        return server.requests.stream()
                .filter(path -> path.contains("/aggTrades"))
                .count();
    }

    /** Sum of quantities, and of price x quantity, of this many trades from midnight UTC on. */
    public BigDecimal[] sums(String symbol, int trades) {
        long midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).toEpochMilli();
        List<ScriptedMarket.Deal> deals = server.locked(() -> server.market(symbol).deals.stream()
                .filter(deal -> deal.millis() >= midnight)
                .limit(trades)
                .toList());
        BigDecimal base = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        for (ScriptedMarket.Deal deal : deals) {
            BigDecimal qty = BigDecimal.valueOf(deal.qty(), 3);
            base = base.add(qty);
            quote = quote.add(qty.multiply(BigDecimal.valueOf(deal.price(), 2)));
        }
        return new BigDecimal[] {base, quote};
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
